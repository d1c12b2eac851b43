package dev.sluice.workflows;

import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.UpdateMethod;
import io.temporal.workflow.UpdateValidatorMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/**
 * One change of one role of one cluster. Its id is {@code change/<cluster>/<role>}, and that id is the lock: there is
 * only one at a time. Starts a {@link DeployNode} or {@link RetireNode} for each node.
 */
@WorkflowInterface
public interface ChangeRole {
    @WorkflowMethod
    ChangeReport run(ChangePlan plan);

    @QueryMethod
    ChangeReport report();

    /** Yes or no to what is waited for; answers with a sentence. Refused if the digest is another plan's or it is too late. */
    @UpdateMethod
    String decide(ApprovalDecision decision);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(ApprovalDecision decision);

    /** The same without an answer, for the Web UI and for when no worker is up; a wrong one is ignored and noted. */
    @SignalMethod
    void decideLater(ApprovalDecision decision);

    /** A node's own word that it passed the gate and waits for the change's approval. */
    @SignalMethod
    void passedGate(NodeName node);

    /** A cancelled node's own word of how it ended: Temporal keeps nothing else of a run that was cancelled. */
    @SignalMethod
    void nodeEnded(NodeReport report);

    /** What a person decided, bound to what was shown to them: the plan's digest or at least its first six digits. */
    record ApprovalDecision(boolean approved, String planDigest, String by, String reason) {}
}
