package dev.sluice.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.Run;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over real ends of a run: what Temporal's client throws cannot be made by hand. */
final class RunResultTest {
    private static final String ID = "eject/hello/hello-app-k3f9";

    /** A report that a failure may carry. */
    record Left(String what, RunOutcome outcome) {}

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private RunResult<Left> ended(EjectNode runbook) throws Exception {
        return ended(runbook, () -> {});
    }

    private RunResult<Left> ended(EjectNode runbook, Runnable meanwhile) throws Exception {
        server.offer(EjectNode.class, () -> runbook);
        String runId = server.start(
                EjectNode.class, ID, new EjectPlan(TestReports.file(), TestReports.NODE, false, "ana", ""));
        meanwhile.run();
        server.awaitEnd(ID);
        TemporalClient temporal =
                new TemporalClient(server.client().getWorkflowServiceStubs(), server.client(), "in process");
        return temporal.result(new Run(ID, runId), Left.class).get(10, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @EnumSource(FailureType.class)
    void takesCodeAndSentenceOfTheTypedFailure(FailureType type) throws Exception {
        RunResult<Left> result = ended(plan -> {
            throw TypedFailures.of(FailureType.valueOf(type.name()), "measured 25, expected 24");
        });

        assertThat(result.exitCode()).isEqualTo(type.exitCode());
        assertThat(result.sentence()).isEqualTo("measured 25, expected 24");
        assertThat(result.report()).isEmpty();
    }

    @Test
    void readsTheReportThatAFailureCarries() throws Exception {
        Left left = new Left("droplet 7", RunOutcome.NOT_RESTORED);

        RunResult<Left> result = ended(plan -> {
            throw ApplicationFailure.newBuilder()
                    .setMessage("left")
                    .setType(FailureType.NOT_UNDONE.name())
                    .setNonRetryable(true)
                    .setDetails(left)
                    .build();
        });

        assertThat(result.report()).contains(left);
        assertThat(result.exitCode()).isEqualTo(3);
    }

    @Test
    void ignoresDetailsOfAnotherKind() throws Exception {
        RunResult<Left> result = ended(plan -> {
            throw ApplicationFailure.newBuilder()
                    .setMessage("left")
                    .setType(FailureType.CLOUD_REFUSED.name())
                    .setNonRetryable(true)
                    .setDetails("a text")
                    .build();
        });

        assertThat(result.report()).isEmpty();
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void endsRestoredIfTheFailureHasNoTypeOfSluice() throws Exception {
        RunResult<Left> result = ended(plan -> {
            throw ApplicationFailure.newNonRetryableFailure("unexpected", "java.lang.Whatever");
        });

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.sentence()).isEqualTo("unexpected");
    }

    @Test
    void namesACancellation() throws Exception {
        RunResult<Left> result = ended(
                plan -> {
                    Workflow.await(() -> false);
                    return new EjectNode.EjectReport("never", List.of());
                },
                () -> server.client().newUntypedWorkflowStub(ID).cancel("not today"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.sentence()).contains("cancelled");
        assertThat(result.report()).isEmpty();
    }

    @Test
    void expectsNothingRestoredOfATerminatedRun() throws Exception {
        RunResult<Left> result = ended(
                plan -> {
                    Workflow.await(() -> false);
                    return new EjectNode.EjectReport("never", List.of());
                },
                () -> server.client().newUntypedWorkflowStub(ID).terminate("by hand"));

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.sentence()).contains("terminated");
        assertThat(result.report()).isEmpty();
    }
}
