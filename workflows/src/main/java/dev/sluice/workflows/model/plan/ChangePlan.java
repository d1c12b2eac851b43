package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for, complete: a worker needs nothing else to do any step of it.
 *
 * @param nodes the new nodes' names (deploy) or the one to retire
 * @param template id of the image to clone; empty for the newest approved one
 * @param approval terms, if a person has to say yes
 * @param withoutProxies proxies that could not be reached and are left out after they are withdrawn from DNS
 * @param keepFailed how long a node that failed is kept, out of traffic
 * @param acceptConfig whether a cluster file other than the last change's is accepted
 * @param by who asked
 */
public record ChangePlan(
        ClusterFile file,
        Role role,
        ChangeKind kind,
        List<NodeName> nodes,
        Optional<Long> template,
        Optional<ApprovalTerms> approval,
        List<NodeName> withoutProxies,
        Optional<Duration> keepFailed,
        boolean acceptConfig,
        String by,
        String reason,
        Instant asked) {
    public ChangePlan {
        nodes = List.copyOf(nodes);
        withoutProxies = List.copyOf(withoutProxies);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("A change names at least one node");
        }
    }

    /** What happens to the nodes. */
    public enum ChangeKind {
        DEPLOY,
        RETIRE
    }

    /** When a yes is asked for, and when it is too late for one. */
    public record ApprovalTerms(boolean afterGate, Instant until) {}
}
