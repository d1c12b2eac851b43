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
 * A cluster's nodes, and who owns those that do not serve. A node that is ready or in service is never a suspect.
 *
 * @param nodes all of them
 */
record OrphanCandidates(List<NodeStatus> nodes, Map<NodeName, NodeOwner> owners) {
    private static final Set<NodeState> NEVER = EnumSet.of(NodeState.READY, NodeState.IN_SERVICE);

    static OrphanCandidates find(ClusterFile file, Patience patience) {
        List<NodeStatus> nodes = ActivityStubs.cloud(patience.brief(), "nodes of %s".formatted(file.name()))
                .listNodes(file.name(), false);
        List<NodeName> names =
                suspects(nodes).stream().map(status -> status.ref().name()).toList();
        Map<NodeName, NodeOwner> owners = new HashMap<>();
        if (!names.isEmpty()) {
            ActivityStubs.runs(patience.brief(), "who owns them")
                    .owners(file.name(), names)
                    .forEach(owner -> owners.put(owner.node(), owner));
        }
        return new OrphanCandidates(nodes, owners);
    }

    private static List<NodeStatus> suspects(List<NodeStatus> nodes) {
        return nodes.stream()
                .filter(status -> status.state().stream().noneMatch(NEVER::contains))
                .toList();
    }

    /** Those whose owner does not go on. */
    List<NodeStatus> withoutOpenOwner() {
        return suspects(nodes).stream()
                .filter(status -> ownerStatus(status) != RunStatus.OPEN)
                .toList();
    }

    Optional<NodeOwner> owner(NodeStatus status) {
        return Optional.ofNullable(owners.get(status.ref().name()));
    }

    /** An owner that the answer does not name is as unknown as one that Temporal does not know. */
    RunStatus ownerStatus(NodeStatus status) {
        return owner(status).map(NodeOwner::life).orElse(RunStatus.UNKNOWN);
    }
}
