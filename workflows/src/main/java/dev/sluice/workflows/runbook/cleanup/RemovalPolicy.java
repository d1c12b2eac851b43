package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.TextFormat;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides whether a node may be removed without an operator: each rule is a reason to keep it. */
final class RemovalPolicy {
    private static final Set<NodeState> ON_ITS_WAY = EnumSet.of(NodeState.DEPLOYING, NodeState.LEAVING);

    private final SweepPlan plan;
    private final NodeReferences references;
    private final Instant now;

    RemovalPolicy(SweepPlan plan, NodeReferences references, Instant now) {
        this.plan = plan;
        this.references = references;
        this.now = now;
    }

    /** Returns why the node stays, as the end of a sentence; empty if it may be removed. */
    Optional<String> objection(NodeStatus status, Optional<NodeOwner> owner, boolean isDouble) {
        if (status.state().filter(ON_ITS_WAY::contains).isEmpty()) {
            return Optional.of("the sweep removes deploying and leaving nodes only: sluice leaks --fix");
        }
        Optional<NodeOwner> closed = owner.filter(known -> known.life() == RunStatus.CLOSED);
        if (closed.isEmpty()) {
            return Optional.of("Temporal does not know its run, and another Temporal server may");
        }
        return alive(status, closed.get()).or(() -> trafficObjection(status, isDouble));
    }

    private Optional<String> alive(NodeStatus status, NodeOwner owner) {
        boolean others = owner.workflowId().startsWith("bake/")
                && !owner.firstRun().equals(Optional.of(status.ref().run()));
        if (others) {
            return Optional.of("Temporal knows another run as %s".formatted(owner.workflowId()));
        }
        Optional<Instant> until = owner.closed().map(closed -> closed.plus(plan.quarantine()));
        if (until.isEmpty() || until.get().isAfter(now)) {
            return Optional.of("it stays in quarantine until %s"
                    .formatted(until.map(Instant::toString).orElse("its run's end is known")));
        }
        return Optional.empty();
    }

    private Optional<String> trafficObjection(NodeStatus status, boolean isDouble) {
        if (!references.unread().isEmpty()) {
            return Optional.of("whether it takes traffic is unknown: " + String.join("; ", references.unread()));
        }
        List<NodeName> proxies = references.proxiesWith(status.ref().name());
        if (!proxies.isEmpty() && !isDouble) {
            return Optional.of("it is in the files of " + TextFormat.format(proxies));
        }
        Optional<Node> node = status.node();
        if (node.isEmpty()) {
            return Optional.of("it has no address yet, so DNS cannot be compared");
        }
        return references.addresses().contains(node.get().publicAddress())
                ? Optional.of("its address is in DNS")
                : Optional.empty();
    }
}
