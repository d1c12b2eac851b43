package dev.sluice.workflows;

import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.plan.NodePlan.GateApproval;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import org.jspecify.annotations.Nullable;

/** Puts one new node into service, or leaves everything as it was. Its ID is {@code node/<cluster>/<name>}. */
@WorkflowInterface
public interface DeployNode {
    /** Returns when the node is in service; fails with the sentence that says why not and what is left behind. */
    @WorkflowMethod
    NodeReport run(NodePlan plan);

    /** Returns the report, during the run and after it. */
    @QueryMethod
    NodeReport report();

    /** Receives the change's {@link GateDecision}, for which a gated node waits; any other input is refused and noted. */
    @SignalMethod
    void decide(@Nullable RawValue decision);

    /**
     * A change's decision about its gated nodes.
     *
     * @param terms of the approval that the node's plan names
     * @param by the approver; empty if nobody decided
     */
    record GateDecision(boolean approved, GateApproval terms, String by, String sentence) {}
}
