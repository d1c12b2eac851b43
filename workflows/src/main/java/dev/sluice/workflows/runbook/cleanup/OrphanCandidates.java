package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A cluster's nodes, and the owners of those that do not serve. A node that is ready or in service is no candidate.
 *
 * @param nodes all of them
 */
record OrphanCandidates(List<NodeStatus> nodes, Map<NodeName, NodeOwner> owners) {
    private static final Set<NodeState> NEVER = EnumSet.of(NodeState.READY, NodeState.IN_SERVICE);

    static OrphanCandidates find(ClusterFile file, Patience patience) {
        List<NodeStatus> nodes =
                ActivityStubs.listNodes(patience.shortCall(), "nodes of %s".formatted(file.name()), file.name());
        List<NodeName> names =
                candidates(nodes).stream().map(status -> status.ref().name()).toList();
        Map<NodeName, NodeOwner> owners = new HashMap<>();
        if (!names.isEmpty()) {
            ActivityStubs.runs(patience.shortCall(), "their owners")
                    .owners(file.name(), names)
                    .forEach(owner -> owners.put(owner.node(), owner));
        }
        return new OrphanCandidates(nodes, owners);
    }

    private static List<NodeStatus> candidates(List<NodeStatus> nodes) {
        return nodes.stream()
                .filter(status -> status.state().stream().noneMatch(NEVER::contains))
                .toList();
    }

    /** Returns the candidates without an open owner. */
    List<NodeStatus> withoutOpenOwner() {
        return candidates(nodes).stream()
                .filter(status -> ownerStatus(status) != RunStatus.OPEN)
                .toList();
    }

    Optional<NodeOwner> owner(NodeStatus status) {
        return Optional.ofNullable(owners.get(status.ref().name()));
    }

    /** Returns the owner's status; a missing owner counts as unknown to Temporal. */
    RunStatus ownerStatus(NodeStatus status) {
        return owner(status).map(NodeOwner::life).orElse(RunStatus.UNKNOWN);
    }
}
