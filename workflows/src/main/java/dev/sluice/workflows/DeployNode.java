package dev.sluice.workflows;

import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Puts one new node into service, or leaves everything as it was. Its ID is {@code node/<cluster>/<name>}. */
@WorkflowInterface
public interface DeployNode {
    /** Returns when the node is in service; fails with the sentence that says why not and what is left behind. */
    @WorkflowMethod
    NodeReport run(NodePlan plan);

    /** Returns the report, during the run and after it. */
    @QueryMethod
    NodeReport report();

    /** Receives the change's decision, for which a gated node waits. */
    @SignalMethod
    void decide(boolean approved, String sentence);
}
