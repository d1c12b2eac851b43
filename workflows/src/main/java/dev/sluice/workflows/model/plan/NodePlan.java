package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One node's part of a change.
 *
 * @param approval what its change's approval must name, if the node waits, gated, for one
 */
public record NodePlan(
        ClusterFile file,
        NodeRef ref,
        Template template,
        List<NodeName> withoutProxies,
        Optional<GateApproval> approval,
        Optional<Duration> keepFailed,
        String by,
        String reason) {
    public NodePlan {
        withoutProxies = List.copyOf(withoutProxies);
    }

    /** The plan that the approval of a gated node names, and the approval's deadline. */
    public record GateApproval(Sha256Digest planDigest, Instant until) {}
}
