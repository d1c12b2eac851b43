package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.lifecycle.RoleTraits;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Removes an orphaned node: out of every proxy and DNS, confirmed, then destroyed. */
final class OrphanRemoval {
    private final ClusterFile file;
    private final Patience patience;
    private final Set<NodeName> serving;

    /** {@code nodes}: all nodes of the cluster, of which some may share a name with a serving one. */
    OrphanRemoval(ClusterFile file, Patience patience, List<NodeStatus> nodes) {
        this.file = file;
        this.patience = patience;
        this.serving = nodes.stream()
                .filter(status -> status.isIn(NodeState.READY) || status.isIn(NodeState.IN_SERVICE))
                .map(status -> status.ref().name())
                .collect(Collectors.toSet());
    }

    /** Whether another droplet of that name serves: a create that took effect late made this one. */
    boolean isDouble(NodeStatus status) {
        return serving.contains(status.ref().name());
    }

    Leak keep(NodeStatus status, RunStatus life, String says) {
        return Leak.kept(what(status), why(status, life), says);
    }

    Leak remove(NodeStatus status, RunStatus life) {
        return tryRemove(what(status), why(status, life), () -> remove(status));
    }

    private String what(NodeStatus status) {
        String name = isDouble(status) ? "a double of %s, which serves" : "%s";
        return "droplet %s (%s)"
                .formatted(status.droplet(), name.formatted(status.ref().name()));
    }

    private static String why(NodeStatus status, RunStatus life) {
        String state = status.state().map(NodeState::word).orElse("without a state");
        return "%s since %s, %s".formatted(state, status.since(), owner(life));
    }

    private static String owner(RunStatus life) {
        return switch (life) {
            case OPEN -> "its run is open";
            case CLOSED -> "its run has ended";
            case UNKNOWN -> "Temporal does not know its run";
        };
    }

    /** Returns the result of a removal; a failure does not prevent the next removal. */
    static Leak tryRemove(String what, String why, Supplier<String> removal) {
        try {
            return Leak.removed(what, why, removal.get());
        } catch (TemporalFailure failure) {
            return Leak.kept(what, why, "not removed: " + EndReason.of(failure).sentence());
        }
    }

    /** Fails if the removal from traffic is not confirmed; the droplet stays then. */
    private String remove(NodeStatus status) {
        NodeRef ref = status.ref();
        NodeDroplet.requireAddress(status);
        // What proxies and DNS know by this name is the node that serves. A double never joined.
        boolean joined = !isDouble(status);
        if (joined) {
            status.node().ifPresent(node -> leave(status, node));
        }
        ActivityStubs.cloud(patience.rollback(), "destroy droplet %s of %s".formatted(status.droplet(), ref.name()))
                .destroyDroplet(ref, status.droplet());
        return joined ? "out of traffic, then destroyed" : "destroyed; the node of that name stays";
    }

    private void leave(NodeStatus status, Node node) {
        NodeContext run = NodeContext.withoutUndo(file, patience);
        RoleTraits.of(node.role()).removeOrphan(run, status, node);
    }
}
