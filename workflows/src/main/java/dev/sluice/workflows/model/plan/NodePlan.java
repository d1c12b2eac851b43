package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One node's part of a change.
 *
 * @param approveAfterGate whether the node waits, gated, for its change's approval
 */
public record NodePlan(
        ClusterFile file,
        NodeRef ref,
        Template template,
        List<NodeName> withoutProxies,
        boolean approveAfterGate,
        Optional<Duration> keepFailed,
        String by,
        String reason) {
    public NodePlan {
        withoutProxies = List.copyOf(withoutProxies);
    }
}
