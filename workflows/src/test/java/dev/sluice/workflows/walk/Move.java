package dev.sluice.workflows.walk;

import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import java.util.List;

/** One thing that somebody does in the course of a walk. */
sealed interface Move {
    /** New nodes, with or without a person's approval. */
    record Deploy(Role role, List<NodeName> nodes, Person person) implements Move {}

    record Retire(Role role, NodeName node) implements Move {}

    record Eject(NodeName node, boolean readmit) implements Move {}

    record Cancel(Role role) implements Move {}

    /** A proxy loses its power, or gets it again. */
    record Power(NodeName proxy, boolean on) implements Move {}

    /** Who is asked, when, and what comes of it. */
    enum Person {
        NOBODY,
        SAYS_YES_BEFORE,
        SAYS_YES_AFTER_GATE,
        SAYS_NO_BEFORE,
        SAYS_NO_AFTER_GATE,
        /** Names another plan first. */
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
