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
 * One change of one role of one cluster. Its ID is {@code change/<cluster>/<role>}, and that ID is the lock: there is
 * only one at a time. Starts a {@link DeployNode} or {@link RetireNode} for each node.
 */
@WorkflowInterface
public interface ChangeRole {
    @WorkflowMethod
    ChangeReport run(ChangePlan plan);

    @QueryMethod
    ChangeReport report();

    /** Approves or rejects the pending plan; returns a sentence. Refused for another digest or after the deadline. */
    @UpdateMethod
    String decide(ApprovalDecision decision);

    @UpdateValidatorMethod(updateName = "decide")
    void checkDecision(ApprovalDecision decision);

    /** Decides without a response, for the Web UI and while no worker runs. A wrong decision is ignored and noted. */
    @SignalMethod
    void decideLater(ApprovalDecision decision);

    /** Reports that a node passed the gate and waits for the change's approval. */
    @SignalMethod
    void passedGate(NodeName node);

    /** Reports how a cancelled node's run ended: Temporal keeps no result of a cancelled run. */
    @SignalMethod
    void nodeEnded(NodeReport report);

    /** The decision of a person, bound to the shown plan by its digest or at least the digest's first six digits. */
    record ApprovalDecision(boolean approved, String planDigest, String by, String reason) {}
}
