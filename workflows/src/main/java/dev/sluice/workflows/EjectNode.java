package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.util.List;

/** Takes a member out of traffic on every proxy, or readmits it; takes no lock. Short. */
@WorkflowInterface
public interface EjectNode {
    /** Returns what was done, and on which proxies it was not. */
    @WorkflowMethod
    EjectReport run(EjectPlan plan);

    /**
     * What an ejection or readmission did.
     *
     * @param says what was done, in one sentence
     * @param missing what was not done, a sentence each with the proxy and the reason
     */
    record EjectReport(String says, List<String> missing) {
        public EjectReport {
            missing = List.copyOf(missing);
        }
    }

    /** The member, the direction, the operator and the reason. */
    record EjectPlan(ClusterFile file, NodeName node, boolean readmit, String by, String reason) {}
}
