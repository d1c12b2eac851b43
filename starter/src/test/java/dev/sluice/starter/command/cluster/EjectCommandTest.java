package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.EjectNode.EjectReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EjectCommandTest {
    private static final String ID = "eject/hello/hello-app-k3f9";
    private static final String[] EJECT = {"eject", "hello-app-k3f9", "--reason", "52 of 60 answers were 500"};

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @Test
    void sendsNodeOperatorAndReason() {
        server.offer(
                EjectNode.class,
                () -> plan -> new EjectReport("%s is out of traffic on 2 proxies".formatted(plan.node()), List.of()));

        CliOutcome eject = server.run(EJECT);

        assertThat(eject.code()).as(eject.all()).isZero();
        assertThat(eject.out().strip()).isEqualTo("hello-app-k3f9 is out of traffic on 2 proxies.");
        assertThat(server.planOf(ID, EjectPlan.class))
                .isEqualTo(
                        new EjectPlan(TestReports.file(), TestReports.NODE, false, "ana", "52 of 60 answers were 500"));
        assertThat(server.attributeOf(ID, "SluiceCluster")).contains("hello");
        assertThat(server.limitOf(ID))
                .as("a run that is cut off leaves half of its work")
                .isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void printsNodeAndAnswerAsJson() {
        server.offer(EjectNode.class, () -> plan -> new EjectReport("ejected", List.of()));

        CliOutcome eject = server.run("eject", "hello-app-k3f9", "--reason", "slow", "--output", "json");

        assertThat(eject.json().path("node").asText()).isEqualTo("hello-app-k3f9");
        assertThat(eject.json().path("answer").asText()).isEqualTo("ejected");
        assertThat(eject.json().path("missing").size()).isZero();
        assertThat(eject.json().size()).isEqualTo(3);
    }

    @Test
    void namesWhatWasNotDoneAndExitsWith10() {
        server.offer(
                EjectNode.class,
                () -> plan -> new EjectReport(
                        "ejected on 1 of 2 proxies: hello-proxy-a",
                        List.of("hello-proxy-b may still send it requests: it has no power")));

        CliOutcome eject = server.run(EJECT);

        assertThat(eject.code()).isEqualTo(10);
        assertThat(eject.out().lines())
                .containsExactly(
                        "ejected on 1 of 2 proxies: hello-proxy-a.",
                        "NOT done: hello-proxy-b may still send it requests: it has no power.",
                        "Type the command again once it answers: what is done stays done.");
    }

    @ParameterizedTest
    @EnumSource(names = {"GUARD_REFUSED", "PROXY_UNREACHABLE", "PROXY_REFUSED", "CLOUD_DENIED"})
    void exitsWithTheCodeOfTheFailure(FailureType failure) {
        server.offer(EjectNode.class, () -> plan -> {
            throw TypedFailures.of(failure, "1 member would remain, the minimum is 2");
        });

        CliOutcome eject = server.run(EJECT);

        assertThat(eject.code()).isEqualTo(failure.exitCode());
        assertThat(eject.err()).contains("1 member would remain, the minimum is 2.");
        assertThat(eject.out()).isEmpty();
    }

    @Test
    void refusesASecondEjectionOfTheSameNode() {
        server.start(EjectNode.class, ID, "any");

        CliOutcome eject = server.run(EJECT);

        assertThat(eject.code()).isEqualTo(5);
        assertThat(eject.err()).contains("Refused:", ID, "sluice watch " + ID);
    }

    @Test
    void leavesNoRunBehindWithoutAWorker() {
        CliOutcome eject = server.run(server.cli().waiting(Duration.ofMillis(300)), EJECT);

        assertThat(eject.code()).isEqualTo(6);
        assertThat(eject.err()).contains("./sluice worker");
        assertThat(server.historyOf(ID))
                .last()
                .extracting(event -> event.getEventType().name())
                .isEqualTo("EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"web1", "Hello-app-k3f9", "other-app-k3f9", "hello-db-k3f9"})
    void rejectsANameThatIsNoNodeOfTheCluster(String name) {
        CliOutcome eject = server.run("eject", name, "--reason", "slow");

        assertThat(eject.code()).isEqualTo(2);
        assertThat(eject.err()).contains(name);
        assertThat(server.knowsNo("eject/hello/" + name)).isTrue();
    }
}
