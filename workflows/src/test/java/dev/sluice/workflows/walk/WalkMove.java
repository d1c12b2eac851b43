package dev.sluice.workflows.walk;

import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;

/** One operation of a walk. */
sealed interface WalkMove {
    /** New nodes, with or without a person's approval. */
    record DeployMove(Role role, List<NodeName> nodes, ApproverReaction person) implements WalkMove {}

    record RetireMove(Role role, NodeName node) implements WalkMove {}

    record EjectMove(NodeName node, boolean readmit) implements WalkMove {}

    record CancelMove(Role role) implements WalkMove {}

    /** A proxy is powered off or on. */
    record PowerMove(NodeName proxy, boolean on) implements WalkMove {}

    /** The approval of a move, and its result. */
    enum ApproverReaction {
        NOBODY,
        SAYS_YES_BEFORE,
        SAYS_YES_AFTER_GATE,
        SAYS_NO_BEFORE,
        SAYS_NO_AFTER_GATE,
        /** Names a wrong plan first. */
        MISREADS,
        SAYS_NOTHING,
        SAYS_YES_TOO_LATE;

        boolean afterGate() {
            return this == SAYS_YES_AFTER_GATE || this == SAYS_NO_AFTER_GATE;
        }

        boolean agrees() {
            return this == NOBODY || this == SAYS_YES_BEFORE || this == SAYS_YES_AFTER_GATE || this == MISREADS;
        }
    }
}
