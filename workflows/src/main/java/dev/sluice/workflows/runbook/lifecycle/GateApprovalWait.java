package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.plan.NodePlan.GateApproval;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.RefusedInputs;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import dev.sluice.workflows.runbook.run.Timers;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Waits, gated, for the approval of the node's change. A signal alone approves nothing: it must name the plan and the
 * deadline, and the change must have recorded the approval.
 */
final class GateApprovalWait {
    /** The change's decision arrives later than its deadline. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final Patience patience;
    private final StepProgress progress;
    private final RefusedInputs refused;
    private @Nullable GateApproval terms;
    private @Nullable GateDecision decision;

    GateApprovalWait(Patience patience, StepProgress progress) {
        this.patience = patience;
        this.progress = progress;
        this.refused = new RefusedInputs(progress);
    }

    /** Accepts a decision while the node waits for one; notes any other. */
    void receive(@Nullable RawValue input) {
        refused.accept("decide", input, GateDecision.class).ifPresent(this::receive);
    }

    private void receive(GateDecision given) {
        if (terms == null) {
            refused.note("Refused: signal decide: the node does not wait for an approval.");
        } else if (!given.terms().equals(terms)) {
            refused.note("Refused: signal decide: it is for another plan or deadline.");
        } else if (decision == null) {
            decision = given;
        }
    }

    /** Reports the passed gate to the change, which requests one approval for all nodes, and waits. */
    void await(Node node, GateApproval named) {
        String change = Workflow.getInfo().getParentWorkflowId().orElse("none");
        terms = named;
        progress.beginWaiting(Step.APPROVAL, "gated, waits for the change's approval");
        report(node, change);
        GateDecision made = awaitDecision(named, change);
        if (!made.approved()) {
            throw TypedFailures.of(FailureType.APPROVAL_REJECTED, made.sentence());
        }
        progress.complete(made.sentence());
    }

    private GateDecision awaitDecision(GateApproval named, String change) {
        while (true) {
            GateDecision made = nextDecision(named);
            if (!made.approved() || isRecorded(made, change)) {
                terms = null;
                return made;
            }
            refused.note("Refused: signal decide: %s has recorded no approval by %s."
                    .formatted(change, made.by().isBlank() ? "nobody" : "that person"));
            decision = null;
        }
    }

    private GateDecision nextDecision(GateApproval named) {
        Duration left = Duration.between(StepProgress.now(), named.until()).plus(GRACE);
        Timers.awaitUntil(left, "approval: the change does not decide", () -> decision != null);
        if (decision == null) {
            throw TypedFailures.of(
                    FailureType.APPROVAL_EXPIRED,
                    "its change did not decide until %s".formatted(TextFormat.format(named.until())));
        }
        return decision;
    }

    private boolean isRecorded(GateDecision made, String change) {
        Optional<Approval> recorded = ActivityStubs.runs(
                        patience.shortCall(), "the approval that %s recorded".formatted(change))
                .approval(change, made.terms().planDigest());
        return recorded.filter(approval -> approval.by().equals(made.by())
                        && !approval.at().isAfter(made.terms().until()))
                .isPresent();
    }

    private static void report(Node node, String change) {
        try {
            Workflow.newExternalWorkflowStub(ChangeRole.class, change).passedGate(WorkflowInput.of(node.name()));
        } catch (ApplicationFailure gone) {
            // SDK 1.38 throws this, not SignalExternalWorkflowException.
            throw TypedFailures.of(
                    FailureType.APPROVAL_REJECTED,
                    "the change %s, which requests the approval, has ended".formatted(change));
        }
    }
}
