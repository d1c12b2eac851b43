package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Takes a member out of traffic on every proxy, or readmits it; takes no lock. Short. */
@WorkflowInterface
public interface EjectNode {
    /** Returns what was done, in one sentence. */
    @WorkflowMethod
    String run(EjectPlan plan);

    /** The member, the direction, the operator and the reason. */
    record EjectPlan(ClusterFile file, NodeName node, boolean readmit, String by, String reason) {}
}
