package dev.sluice.workflows.runbook;

import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.activity.RunActivities.Life;
import dev.sluice.workflows.activity.RunActivities.Owner;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** When a node may be removed without asking anybody: each rule is a reason not to. */
final class Removable {
    private static final Set<NodeState> ON_ITS_WAY = EnumSet.of(NodeState.DEPLOYING, NodeState.LEAVING);

    private final SweepPlan plan;
    private final Traces traces;
    private final Instant now;

    Removable(SweepPlan plan, Traces traces, Instant now) {
        this.plan = plan;
        this.traces = traces;
        this.now = now;
    }

    /** Why it stays, as the end of a sentence; empty if it may go. */
    Optional<String> objection(NodeStatus status, Optional<Owner> owner) {
        if (status.state().filter(ON_ITS_WAY::contains).isEmpty()) {
            return Optional.of("the sweep removes only what is deploying or leaving: sluice leaks --fix");
        }
        Optional<Owner> closed = owner.filter(known -> known.life() == Life.CLOSED);
        if (closed.isEmpty()) {
            return Optional.of("Temporal does not know its run, and another Temporal may");
        }
        return alive(status, closed.get()).or(() -> inUse(status));
    }

    private Optional<String> alive(NodeStatus status, Owner owner) {
        boolean others = owner.workflowId().startsWith("bake/")
                && !owner.firstRun().equals(Optional.of(status.ref().run()));
        if (others) {
            return Optional.of("the run that Temporal knows as %s is another one".formatted(owner.workflowId()));
        }
        Optional<Instant> until = owner.closed().map(closed -> closed.plus(plan.quarantine()));
        if (until.isEmpty() || until.get().isAfter(now)) {
            return Optional.of("it stays in quarantine until %s"
                    .formatted(until.map(Instant::toString).orElse("its run's end is known")));
        }
        return Optional.empty();
    }

    private Optional<String> inUse(NodeStatus status) {
        if (!traces.unread().isEmpty()) {
            return Optional.of("whether it takes traffic is unknown: " + String.join("; ", traces.unread()));
        }
        List<NodeName> proxies = traces.proxiesWith(status.ref().name());
        if (!proxies.isEmpty()) {
            return Optional.of("it stands in the files of " + Words.of(proxies));
        }
        Optional<Node> node = status.node();
        if (node.isEmpty()) {
            return Optional.of("it has no address yet, so that DNS cannot be compared with it");
        }
        return traces.addresses().contains(node.get().publicAddress())
                ? Optional.of("its address is in DNS")
                : Optional.empty();
    }
}
