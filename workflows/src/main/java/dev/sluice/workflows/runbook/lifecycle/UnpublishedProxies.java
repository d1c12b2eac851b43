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
 * Proxies that are ready but not published: they had no members when they came, or were left out while they could not be
 * reached. Whoever brings a node into service finishes them. A run never takes back what is another node's, so a proxy
 * that cannot be finished stays as it is and is named.
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
    private final ProxyReadiness proof;

    UnpublishedProxies(NodeContext run) {
        this.run = run;
        this.proof = new ProxyReadiness(run);
    }

    /** Proves and publishes them; answers with what was done, one sentence each. */
    List<String> publishAll() {
        List<String> says = new ArrayList<>();
        try {
            waiting().forEach(proxy -> says.add(publish(proxy)));
        } catch (TemporalFailure failure) {
            says.add("whether a proxy waits to be published is not known: "
                    + EndReason.of(failure).sentence());
        }
        return says;
    }

    private List<NodeStatus> waiting() {
        List<NodeStatus> ready = ProxyReadiness.withState(proof.nodes(), NodeState.READY).stream()
                .filter(status ->
                        status.ref().role().facesClients() && status.node().isPresent())
                .filter(status -> !run.withoutProxies().contains(status.ref().name()))
                .toList();
        return proof.withoutOwner(ready);
    }

    private String publish(NodeStatus waiting) {
        Node proxy = waiting.node().orElseThrow();
        try {
            proof.adopt(proxy.name());
            proof.reload(proxy.name());
            List<NodeStatus> members = proof.membersOf(proxy.name());
            if (members.isEmpty()) {
                return "%s has no members yet".formatted(proxy.name());
            }
            proof.probe(proxy.name(), members);
            Optional<NodeState> before = state(proxy);
            if (before.filter(STAYING::contains).isEmpty()) {
                return "%s is %s".formatted(proxy.name(), word(before));
            }
            proof.publish(proxy);
            Optional<NodeState> after = state(proxy);
            if (after.filter(KEEPING_RECORD::contains).isEmpty()) {
                return "%s is %s: %s".formatted(proxy.name(), word(after), proof.withdraw(proxy));
            }
            compare(proxy);
            ActivityStubs.cloud(run.patience().brief(), "%s is in service".formatted(proxy.name()))
                    .markNode(proxy.ref(), NodeState.IN_SERVICE, NodeState.READY);
            proof.adopt(proxy.name());
            return "%s is published too".formatted(proxy.name());
        } catch (TemporalFailure failure) {
            return "%s could not be published: %s"
                    .formatted(proxy.name(), EndReason.of(failure).sentence());
        }
    }

    private void compare(Node proxy) {
        try {
            proof.compare(proxy.name());
        } catch (TemporalFailure differs) {
            if (isFinishedBySibling(proxy)) {
                return;
            }
            proof.withdraw(proxy);
            throw differs;
        }
    }

    /** A sibling of this run has compared it and put it into service: the record is the sibling's. */
    private boolean isFinishedBySibling(Node proxy) {
        return state(proxy).equals(Optional.of(NodeState.IN_SERVICE));
    }

    /** Returns the state of the proxy's droplet; empty if there is no such droplet. */
    private Optional<NodeState> state(Node proxy) {
        return proof.nodes().stream()
                .filter(status -> status.ref().name().equals(proxy.name()))
                .flatMap(status -> status.state().stream())
                .findFirst();
    }

    private static String word(Optional<NodeState> state) {
        return state.map(NodeState::word).orElse("gone");
    }
}
