package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The effect of a proxy's adoption of the current members. */
public final class FakeAdoption {
    private FakeAdoption() {}

    /** Returns the number of its members afterwards. */
    public static int by(FakeWorld world, NodeName proxy) {
        Map<NodeName, MemberState> list = world.members.computeIfAbsent(proxy, key -> new TreeMap<>());
        list.keySet()
                .removeIf(name -> Optional.ofNullable(world.nodes.get(name))
                        .flatMap(NodeStatus::state)
                        .filter(state -> state != NodeState.QUARANTINE)
                        .isEmpty());
        for (NodeStatus status : world.nodes.values()) {
            if (wanted(status).isPresent() && world.hasLeft(proxy, status.ref().name())) {
                throw TypedFailures.of(
                        FailureType.PROXY_REFUSED,
                        "%s refuses: %s has left it before"
                                .formatted(proxy, status.ref().name()));
            }
            wanted(status)
                    .ifPresent(state -> list.merge(
                            status.ref().name(), state, (old, wanted) -> old == MemberState.DRAINING ? wanted : old));
        }
        return list.size();
    }

    private static Optional<MemberState> wanted(NodeStatus status) {
        if (status.ref().role() != Role.APP) {
            return Optional.empty();
        }
        if (status.state().equals(Optional.of(NodeState.IN_SERVICE))) {
            return Optional.of(MemberState.JOINED);
        }
        return status.state().equals(Optional.of(NodeState.READY))
                ? Optional.of(MemberState.DRAINING)
                : Optional.empty();
    }
}
