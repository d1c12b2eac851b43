package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.util.List;

/**
 * One node to take out of service.
 *
 * @param takeBack whether a dead run left the node, so that the guard does not count it
 */
public record RetirePlan(
        ClusterFile file, NodeRef ref, List<NodeName> withoutProxies, boolean takeBack, String by, String reason) {
    public RetirePlan {
        withoutProxies = List.copyOf(withoutProxies);
    }
}
