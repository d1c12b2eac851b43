package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.RunActivities.Life;
import dev.sluice.workflows.activity.RunActivities.Owner;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
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
record Suspects(List<NodeStatus> nodes, Map<NodeName, Owner> owners) {
    private static final Set<NodeState> NEVER = EnumSet.of(NodeState.READY, NodeState.IN_SERVICE);

    static Suspects find(ClusterFile file, Patience patience) {
        List<NodeStatus> nodes = Reach.cloud(patience.brief(), "nodes of %s".formatted(file.name()))
                .listNodes(file.name(), false);
        List<NodeName> names =
                suspects(nodes).stream().map(status -> status.ref().name()).toList();
        Map<NodeName, Owner> owners = new HashMap<>();
        if (!names.isEmpty()) {
            Reach.runs(patience.brief(), "who owns them")
                    .owners(file.name(), names)
                    .forEach(owner -> owners.put(owner.node(), owner));
        }
        return new Suspects(nodes, owners);
    }

    private static List<NodeStatus> suspects(List<NodeStatus> nodes) {
        return nodes.stream()
                .filter(status -> status.state().stream().noneMatch(NEVER::contains))
                .toList();
    }

    /** Those whose owner does not go on. */
    List<NodeStatus> withoutLife() {
        return suspects(nodes).stream()
                .filter(status -> life(status) != Life.OPEN)
                .toList();
    }

    Optional<Owner> owner(NodeStatus status) {
        return Optional.ofNullable(owners.get(status.ref().name()));
    }

    /** An owner that the answer does not name is as unknown as one that Temporal does not know. */
    Life life(NodeStatus status) {
        return owner(status).map(Owner::life).orElse(Life.UNKNOWN);
    }
}
