package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.NodeRef;
import io.temporal.workflow.Workflow;

/** Which run made a node: the first execution's id, which a reset keeps. */
final class NodeRefs {
    private NodeRefs() {}

    static NodeRef ofThisRun(NodeRef asked) {
        return new NodeRef(
                asked.cluster(), asked.role(), asked.name(), Workflow.getInfo().getFirstExecutionRunId());
    }
}
