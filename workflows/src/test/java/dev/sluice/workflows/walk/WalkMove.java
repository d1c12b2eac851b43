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

    /** A run of those known so far begins again after that many of its steps, as Temporal's Reset does. */
    record ResetMove(int run, int steps) implements WalkMove {}

    /** A change or an eject that has ended is started again with the same input. */
    record AgainMove(int run) implements WalkMove {}

    /** A step of a run takes effect once more. */
    record DoubleMove(int run, int step) implements WalkMove {}

    /** A create takes effect once more, just as the request that a worker sent before it froze. */
    record SecondDropletMove(int node) implements WalkMove {}

    /** Any input to any handler of an open run. */
    record GarbageMove(int run, int handler, int input) implements WalkMove {}

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
