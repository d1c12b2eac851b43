package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.GarbageInputs;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Sends every handler of two waiting runs every input that it does not expect; both then go on to their ends. */
final class InputBoundary {
    private static final String CHANGE = "change/hello/app";
    private static final String NODE = "node/hello/hello-app-k3f9";

    private final TestTemporal temporal;

    InputBoundary(TestTemporal temporal) {
        this.temporal = temporal;
    }

    void isHeld() {
        ChangeRole change = temporal.in(FakeWorld.cluster()).stub(ChangeRole.class, CHANGE);
        WorkflowClient.start(
                change::run, TestPlans.approved(true, temporal.now().plus(Duration.ofHours(1)), "hello-app-k3f9"));
        temporal.until(
                "an approval is waited for", () -> change.report().waiting().isPresent());

        attack(ChangeRole.class, CHANGE);
        attack(DeployNode.class, NODE);

        assertThat(change.report().waiting()).isPresent();
        assertThat(says(change)).contains("Refused: ").hasSizeLessThan(4_000);
        String digest = change.report().planDigest().orElseThrow().value();
        change.decide(WorkflowInput.of(new ApprovalDecision(true, digest, "bea", "looks right")));
        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
        Stream.of(CHANGE, NODE).forEach(this::hadNoFailedTask);
    }

    private static String says(ChangeRole change) {
        List<String> says =
                change.report().steps().stream().map(step -> step.says()).toList();
        return says.get(says.size() - 1);
    }

    private void attack(Class<?> runbook, String id) {
        WorkflowStub run = temporal.client().newUntypedWorkflowStub(id);
        GarbageInputs.inputs().forEach((what, input) -> {
            GarbageInputs.handlers(runbook, SignalMethod.class).forEach(signal -> run.signal(signal.getName(), input));
            GarbageInputs.handlers(runbook, UpdateMethod.class)
                    .forEach(update -> assertThatThrownBy(() -> run.update(update.getName(), String.class, input))
                            .as("update %s with %s", update.getName(), what)
                            .isInstanceOf(WorkflowUpdateException.class)
                            .cause()
                            .hasMessageContaining("Refused: the decision cannot be used: "));
            GarbageInputs.handlers(runbook, QueryMethod.class)
                    .forEach(query -> assertThat(run.query(query.getName(), query.getReturnType(), input))
                            .isNotNull());
        });
    }

    private void hadNoFailedTask(String id) {
        assertThat(temporal.client().fetchHistory(id).getEvents())
                .extracting("eventType")
                .doesNotContain(EventType.EVENT_TYPE_WORKFLOW_TASK_FAILED);
    }
}
