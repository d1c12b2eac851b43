package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnRealServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.ResetReapplyExcludeType;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a real server: only that one describes a failing workflow task and resets a run. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
final class StuckRunOnServerTest {
    @RegisterExtension
    static final CliOnRealServer SERVER = new CliOnRealServer();

    @TempDir
    Path directory = Path.of("");

    private String id = "";

    @BeforeEach
    void isStuck() throws IOException {
        id = "change/%s/app".formatted(SERVER.writeCluster(directory));
        SERVER.offer(StuckChangeRole.class);
        SERVER.start(ChangeRole.class, id, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));
        SERVER.await(
                () -> SERVER.historyOf(id).stream().anyMatch(event -> event.hasWorkflowTaskCompletedEventAttributes()));
        client().newUntypedWorkflowStub(id).signal("decideLater");
        SERVER.await(() -> client().newUntypedWorkflowStub(id)
                        .describe()
                        .getRawDescription()
                        .getPendingWorkflowTask()
                        .getAttempt()
                > 1);
    }

    private static WorkflowClient client() {
        return SERVER.client();
    }

    private CliRunner cli() {
        return SERVER.cli().in(directory);
    }

    private void saysThatItIsStuck(CliOutcome outcome, int code) {
        assertThat(outcome.code()).as(outcome.all()).isEqualTo(code);
        assertThat(outcome.all())
                .contains(id + "@", "is stuck", "temporal workflow reset", "docs/troubleshooting.md#a-run-is-stuck")
                .doesNotContain("No worker answers");
    }

    @Test
    void everyCommandSaysThatItIsStuck() {
        saysThatItIsStuck(SERVER.run(cli(), "show", id), 6);
        saysThatItIsStuck(SERVER.run(cli(), "deploy", "--role", "app", "--reason", "more room"), 5);
        saysThatItIsStuck(SERVER.run(cli(), "approve", id, "--plan", "7c19e2", "--reason", "no"), 6);
        saysThatItIsStuck(SERVER.run(cli(), "reject", id, "--reason", "no"), 6);
        CliOutcome cancel = SERVER.run(cli(), "cancel", id, "--reason", "wrong");
        saysThatItIsStuck(cancel, 6);
        assertThat(cancel.all()).contains("nothing is rolled back yet").doesNotContain("the run rolls back");
    }

    @Test
    void aResetWithoutSignalsIsTheWayOut() {
        String before = SERVER.runIdOf(id);

        String after = client().getWorkflowServiceStubs()
                .blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace(client().getOptions().getNamespace())
                        .setWorkflowExecution(
                                WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(before))
                        .setReason("stuck")
                        .setRequestId(before)
                        .setWorkflowTaskFinishEventId(firstTask())
                        .addResetReapplyExcludeTypes(ResetReapplyExcludeType.RESET_REAPPLY_EXCLUDE_TYPE_SIGNAL)
                        .build())
                .getRunId();

        assertThat(new TemporalClient(client().getWorkflowServiceStubs(), client(), "").findReset(new Run(id, before)))
                .contains(new Run(id, after));
        CliOutcome cancel = SERVER.run(cli(), "cancel", id, "--reason", "not wanted");
        assertThat(cancel.code()).as(cancel.all()).isZero();
        SERVER.awaitEnd(id);
        CliOutcome watch = SERVER.run(cli(), "watch", id + "@" + before);
        assertThat(watch.all())
                .contains("was reset in Temporal; its new execution continues")
                .doesNotContain("ended from outside");
    }

    private long firstTask() {
        return SERVER.historyOf(id).stream()
                .filter(event -> event.hasWorkflowTaskCompletedEventAttributes())
                .findFirst()
                .orElseThrow()
                .getEventId();
    }
}
