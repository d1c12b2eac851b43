package dev.sluice.workflows;

import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Takes one node out of service and destroys it. Its ID is {@code node/<cluster>/<name>}. */
@WorkflowInterface
public interface RetireNode {
    @WorkflowMethod
    NodeReport run(RetirePlan plan);

    @QueryMethod
    NodeReport report();
}
