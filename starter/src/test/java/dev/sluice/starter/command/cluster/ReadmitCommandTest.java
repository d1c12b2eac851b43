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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class ReadmitCommandTest {
    private static final String ID = "readmit/hello/hello-app-k3f9";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @Test
    void asksForAReadmissionAndNeedsNoReason() {
        server.offer(EjectNode.class, () -> plan -> new EjectReport("readmitted: " + plan.readmit(), List.of()));

        CliOutcome readmit = server.run("readmit", "hello-app-k3f9");

        assertThat(readmit.code()).as(readmit.all()).isZero();
        assertThat(readmit.out().strip()).isEqualTo("readmitted: true.");
        assertThat(server.planOf(ID, EjectPlan.class))
                .isEqualTo(new EjectPlan(TestReports.file(), TestReports.NODE, true, "ana", ""));
        assertThat(server.knowsNo("eject/hello/hello-app-k3f9")).isTrue();
    }

    @Test
    void runsBesideAnEjectionOfTheSameNode() {
        server.start(BlockedEjection.class, "eject/hello/hello-app-k3f9");
        server.offer(EjectNode.class, () -> plan -> new EjectReport("readmitted", List.of()));

        CliOutcome readmit = server.run("readmit", "hello-app-k3f9", "--reason", "repaired", "--output", "jsonl");

        assertThat(readmit.code()).isZero();
        assertThat(readmit.jsonLines())
                .singleElement()
                .extracting(line -> line.path("answer").asText())
                .isEqualTo("readmitted");
        assertThat(server.planOf(ID, EjectPlan.class).reason()).isEqualTo("repaired");
    }

    /** Has no worker. */
    private interface BlockedEjection {}

    @Test
    void exitsWithTheCodeOfTheFailure() {
        server.offer(EjectNode.class, () -> plan -> {
            throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, "hello-proxy-abcd timed out");
        });

        CliOutcome readmit = server.run("readmit", "hello-app-k3f9");

        assertThat(readmit.code()).isEqualTo(5);
        assertThat(readmit.err()).contains("Refused: hello-proxy-abcd timed out.");
    }

    @Test
    void rejectsANodeOfAnotherCluster() {
        CliOutcome readmit = server.run("readmit", "other-app-k3f9");

        assertThat(readmit.code()).isEqualTo(2);
        assertThat(readmit.err()).contains("other-app-k3f9", "hello");
    }
}
