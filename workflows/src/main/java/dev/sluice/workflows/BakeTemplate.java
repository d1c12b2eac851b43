package dev.sluice.workflows;

import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.report.BakeReport;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Makes a template from a base image and a recipe. Its ID is {@code bake/<cluster>/<role>}. */
@WorkflowInterface
public interface BakeTemplate {
    @WorkflowMethod
    BakeReport run(BakePlan plan);

    @QueryMethod
    BakeReport report();
}
