package dev.sluice.workflows.fake;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth.State;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a proxy makes of its own list when it takes the members there are. */
public final class Adoption {
    private Adoption() {}

    /** Answers how many members it has then. */
    public static int by(FakeWorld world, NodeName proxy) {
        Map<NodeName, State> list = world.members.computeIfAbsent(proxy, key -> new TreeMap<>());
        list.keySet()
                .removeIf(name -> Optional.ofNullable(world.nodes.get(name))
                        .flatMap(NodeStatus::state)
                        .filter(state -> state != NodeState.QUARANTINE)
                        .isEmpty());
        for (NodeStatus status : world.nodes.values()) {
            if (wanted(status).isPresent() && world.hasLeft(proxy, status.ref().name())) {
                throw Failures.of(
                        FailureType.PROXY_REFUSED,
                        "%s refuses: %s has left it before"
                                .formatted(proxy, status.ref().name()));
            }
            wanted(status)
                    .ifPresent(state -> list.merge(
                            status.ref().name(), state, (old, wanted) -> old == State.DRAINING ? wanted : old));
        }
        return list.size();
    }

    private static Optional<State> wanted(NodeStatus status) {
        if (status.ref().role() != Role.APP) {
            return Optional.empty();
        }
        if (status.state().equals(Optional.of(NodeState.IN_SERVICE))) {
            return Optional.of(State.JOINED);
        }
        return status.state().equals(Optional.of(NodeState.READY)) ? Optional.of(State.DRAINING) : Optional.empty();
    }
}
