package dev.sluice.workflows.runbook.node;

import dev.sluice.workflows.model.node.NodeRef;
import io.temporal.workflow.Workflow;

/** Which run made a node: the first execution's id, which a reset keeps. */
public final class NodeOwnership {
    private NodeOwnership() {}

    public static NodeRef claimForThisRun(NodeRef asked) {
        return new NodeRef(
                asked.cluster(), asked.role(), asked.name(), Workflow.getInfo().getFirstExecutionRunId());
    }
}
