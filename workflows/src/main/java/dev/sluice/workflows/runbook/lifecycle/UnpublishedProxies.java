package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Publishes proxies that are ready but not published: they had no members when they were deployed, or were left out
 * while unreachable. Each run that puts a node into service publishes them. A run never rolls back another node, so a
 * proxy that cannot be published stays as it is and is named.
 */
final class UnpublishedProxies {
    private static final Set<NodeState> STAYING = Set.of(NodeState.READY, NodeState.IN_SERVICE);
    /**
     * States in which this run leaves the record alone. A retirement holds another lock and may have begun meanwhile: it
     * withdraws the record itself, and the record must stay if its guard refuses.
     */
    private static final Set<NodeState> KEEPING_RECORD =
            Set.of(NodeState.READY, NodeState.IN_SERVICE, NodeState.LEAVING);

    private final NodeContext run;
    private final ProxyReadiness readiness;

    UnpublishedProxies(NodeContext run) {
        this.run = run;
        this.readiness = new ProxyReadiness(run);
    }

    /** Probes and publishes them; returns what was done, one sentence each. */
    List<String> publishAll() {
        List<String> says = new ArrayList<>();
        try {
            waiting().forEach(proxy -> says.add(publish(proxy)));
        } catch (TemporalFailure failure) {
            says.add("whether a proxy waits to be published is unknown: "
                    + EndReason.of(failure).sentence());
        }
        return says;
    }

    private List<NodeStatus> waiting() {
        List<NodeStatus> ready = readiness.nodes().stream()
                .filter(status -> status.isIn(NodeState.READY))
                .filter(status ->
                        status.ref().role().facesClients() && status.node().isPresent())
                .filter(status -> !run.withoutProxies().contains(status.ref().name()))
                .toList();
        return readiness.withoutOwner(ready);
    }

    private String publish(NodeStatus waiting) {
        Node proxy = waiting.node().orElseThrow();
        try {
            readiness.adopt(proxy.name());
            readiness.reload(proxy.name());
            List<NodeStatus> members = readiness.membersOf(proxy.name());
            if (members.isEmpty()) {
                return "%s has no members yet".formatted(proxy.name());
            }
            readiness.probe(proxy.name(), members);
            Optional<NodeState> before = state(proxy);
            if (before.filter(STAYING::contains).isEmpty()) {
                return "%s is %s".formatted(proxy.name(), word(before));
            }
            readiness.publish(proxy);
            Optional<NodeState> after = state(proxy);
            if (after.filter(KEEPING_RECORD::contains).isEmpty()) {
                return "%s is %s: %s".formatted(proxy.name(), word(after), readiness.withdraw(proxy, 0));
            }
            compare(proxy);
            ActivityStubs.cloud(run.patience().shortCall(), "%s is in service".formatted(proxy.name()))
                    .markNode(proxy.ref(), NodeState.IN_SERVICE, NodeState.READY);
            readiness.adopt(proxy.name());
            return "%s is published too".formatted(proxy.name());
        } catch (TemporalFailure failure) {
            return "%s could not be published: %s"
                    .formatted(proxy.name(), EndReason.of(failure).sentence());
        }
    }

    private void compare(Node proxy) {
        try {
            readiness.compare(proxy.name());
        } catch (TemporalFailure differs) {
            if (isFinishedBySibling(proxy)) {
                return;
            }
            readiness.withdraw(proxy, run.file().role(proxy.role()).minimum());
            throw differs;
        }
    }

    /** Whether another run has put it into service meanwhile: the record belongs to that run. */
    private boolean isFinishedBySibling(Node proxy) {
        return state(proxy).equals(Optional.of(NodeState.IN_SERVICE));
    }

    /** Returns the state of the proxy's droplet; empty if there is no such droplet. */
    private Optional<NodeState> state(Node proxy) {
        return readiness.nodes().stream()
                .filter(status -> status.ref().name().equals(proxy.name()))
                .flatMap(status -> status.state().stream())
                .findFirst();
    }

    private static String word(Optional<NodeState> state) {
        return state.map(NodeState::word).orElse("gone");
    }
}
