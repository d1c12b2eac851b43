package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.lifecycle.RoleTraits;
import dev.sluice.workflows.runbook.node.AddressPrecondition;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.util.function.Supplier;

/** What a dead run left: first out of every proxy and of DNS, confirmed, and only then destroyed. */
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
            case OPEN -> "its run goes on";
            case CLOSED -> "its run is over";
            case UNKNOWN -> "Temporal does not know its run";
        };
    }

    /** What became of a removal: one that fails does not keep the next from its turn. */
    static Leak tryRemove(String what, String why, Supplier<String> removal) {
        try {
            return Leak.removed(what, why, removal.get());
        } catch (TemporalFailure failure) {
            return Leak.kept(what, why, "not removed: " + EndReason.of(failure).sentence());
        }
    }

    /** Fails where the first part is not confirmed: the machine stays then. */
    private String remove(NodeStatus status) {
        NodeRef ref = status.ref();
        AddressPrecondition.requireAddress(status);
        status.node().ifPresent(this::leave);
        ActivityStubs.cloud(patience.takeBack(), "destroy %s".formatted(ref.name()))
                .destroyDroplet(ref);
        return "out of traffic, then destroyed";
    }

    private void leave(Node node) {
        NodeContext run = NodeContext.withoutUndo(file, patience);
        RoleTraits.of(node.role()).newRemoval(run, true).removeOrphan(node);
    }
}
