package dev.sluice.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.command.run.FakeChangeRole;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.Run.RunReference;
import dev.sluice.starter.run.RunState;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemporalClientTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private TemporalClient at(String address) {
        return new TemporalClient(stubs(), server.client(), address);
    }

    private WorkflowServiceStubs stubs() {
        return server.client().getWorkflowServiceStubs();
    }

    private TemporalClient temporal() {
        return at("in process");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:7233,true",
        "localhost:7233,true",
        "[::1]:7233,true",
        "in process,true",
        "10.0.0.5:7233,false",
        "temporal.example:7233,false",
        "localhost.example:7233,false"
    })
    void isPrivateWithoutTlsOnlyOnThisMachine(String address, boolean expected) {
        assertThat(at(address).isSecure()).isFalse();
        assertThat(at(address).isPrivate()).isEqualTo(expected);
        assertThat(at(address).address()).isEqualTo(address);
    }

    @Test
    void escapesAValueForAListFilter() {
        assertThat(TemporalClient.escapeForFilter("it's \\ here")).isEqualTo("it\\'s \\\\ here");
        assertThat(TemporalClient.escapeForFilter("hello")).isEqualTo("hello");
    }

    @Test
    void rejectsSettingsThatCannotBeUsed() {
        CliException wrong = catchThrowableOfType(
                CliException.class,
                () -> TemporalClient.open(Map.of(
                        "TEMPORAL_CONFIG_FILE", "src/test/resources/hello/app/recipe.sh", "TEMPORAL_PROFILE", "x")));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.sentence()).contains("TEMPORAL_*");
    }

    @Test
    void findsTheStateOfARunWithoutAWorker() {
        String runId = server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        RunState state = temporal().find(RunReference.parse(ID));

        assertThat(state.run()).isEqualTo(new Run(ID, runId));
        assertThat(state.type()).isEqualTo("ChangeRole");
        assertThat(state.open()).isTrue();
        assertThat(state.stuck()).isFalse();
        assertThat(state.started()).isCloseTo(Instant.now(), Assertions.within(1, ChronoUnit.MINUTES));
        assertThat(temporal().find(RunReference.parse(ID + "@" + runId.substring(0, 8))))
                .isEqualTo(state);
        assertThat(temporal().describeIfOpen(state)).isEqualTo(state);
    }

    @Test
    void readsReportAndResultOfARun() throws Exception {
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", "works");
        Run run = temporal().find(RunReference.parse(ID)).run();

        RunResult<ChangeReport> result =
                temporal().result(run, ChangeReport.class).get(10, TimeUnit.SECONDS);

        assertThat(result.exitCode()).isZero();
        assertThat(result.report()).isEqualTo(temporal().queryReport(run, ChangeReport.class));
        assertThat(result.report().orElseThrow().plan().reason()).isEqualTo("works");
    }

    @Test
    void translatesWhatACallThrows() {
        CliException missing = catchThrowableOfType(
                CliException.class, () -> temporal().find(RunReference.parse("change/hello/proxy")));
        assertThat(missing.exitCode()).isEqualTo(2);

        IllegalStateException bug = catchThrowableOfType(
                IllegalStateException.class,
                () -> temporal().call(() -> {
                    throw new IllegalStateException("a bug");
                }));
        assertThat(bug).hasMessage("a bug");
        assertThat(temporal().call(() -> 42)).isEqualTo(42);
    }

    @Test
    void namesTheNamespaceOfItsConnection() {
        assertThat(temporal().namespace())
                .isEqualTo(server.client().getOptions().getNamespace());
    }
}
