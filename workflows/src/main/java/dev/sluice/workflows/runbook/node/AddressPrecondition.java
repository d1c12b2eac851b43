package dev.sluice.workflows.runbook.node;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import java.util.Optional;
import java.util.Set;

/** What may take traffic has an address, even while DigitalOcean shows none of it: it must not go without leaving. */
public final class AddressPrecondition {
    private static final Set<NodeState> MAY_SERVE = Set.of(NodeState.READY, NodeState.IN_SERVICE, NodeState.LEAVING);

    private AddressPrecondition() {}

    /** Fails if it cannot be taken out of traffic because its address is not shown. */
    public static void requireAddress(NodeStatus status) {
        Optional<NodeState> serving = status.state().filter(MAY_SERVE::contains);
        if (status.node().isPresent() || serving.isEmpty()) {
            return;
        }
        throw TypedFailures.of(
                FailureType.CLOUD_REFUSED,
                "%s is %s, but DigitalOcean shows no address of it, by which it leaves; try again when it does."
                        .formatted(status.ref().name(), serving.get().word()));
    }
}
