package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** Takes a member out of traffic on every proxy, or lets it in again; takes no lock. Short. */
@WorkflowInterface
public interface EjectNode {
    /** Answers with what was done, in one sentence. */
    @WorkflowMethod
    String run(EjectPlan plan);

    /** Which node, which way, by whom and why. */
    record EjectPlan(ClusterFile file, NodeName node, boolean readmit, String by, String reason) {}
}
