package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.lifecycle.RoleTraits;
import dev.sluice.workflows.runbook.node.DropletLifecycle;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.util.function.Supplier;

/** Removes an orphaned node: out of every proxy and DNS, confirmed, then destroyed. */
final class OrphanRemoval {
    private final ClusterFile file;
    private final Patience patience;

    OrphanRemoval(ClusterFile file, Patience patience) {
        this.file = file;
        this.patience = patience;
    }

    Leak keep(NodeStatus status, RunStatus life, String says) {
        return Leak.kept(what(status), why(status, life), says);
    }

    Leak remove(NodeStatus status, RunStatus life) {
        return tryRemove(what(status), why(status, life), () -> remove(status));
    }

    private static String what(NodeStatus status) {
        return "droplet %s (%s)".formatted(status.droplet(), status.ref().name());
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
        DropletLifecycle.requireAddress(status);
        status.node().ifPresent(this::leave);
        ActivityStubs.cloud(patience.rollback(), "destroy %s".formatted(ref.name()))
                .destroyDroplet(ref);
        return "out of traffic, then destroyed";
    }

    private void leave(Node node) {
        NodeContext run = NodeContext.withoutUndo(file, patience);
        RoleTraits.of(node.role()).removeOrphan(run, node);
    }
}
