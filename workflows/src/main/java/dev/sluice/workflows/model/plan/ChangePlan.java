package dev.sluice.workflows.model.plan;

import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The complete request: a worker needs nothing else for any step.
 *
 * @param nodes the new nodes' names (deploy) or the one to retire
 * @param template ID of the image to clone; empty for the newest approved one
 * @param approval terms, if the change needs an approval
 * @param withoutProxies unreachable proxies, which are withdrawn from DNS and then left out
 * @param keepFailed how long a failed node is kept, out of traffic
 * @param acceptConfig whether a cluster file other than the last change's is accepted
 * @param drain how long nodes that leave may answer what they have begun to answer; empty for what the file says
 * @param by the operator
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
        Optional<Duration> drain,
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

    /** When an approval is requested, and its deadline. */
    public record ApprovalTerms(boolean afterGate, Instant until) {}
}
