package dev.sluice.workflows.model.node;

import java.util.Arrays;
import java.util.Optional;

/** The state of a node: the tag {@code state:…} of its droplet. */
public enum NodeState {
    DEPLOYING("deploying"),
    /** Passed the gate and takes no traffic. */
    READY("ready"),
    IN_SERVICE("in-service"),
    LEAVING("leaving"),
    /** Kept, powered off, out of traffic and named in the report. */
    QUARANTINE("quarantine");

    private final String word;

    NodeState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    public String tag() {
        return "state:" + word;
    }

    /** Returns the usual previous state; the first state is its own. */
    public NodeState previous() {
        return switch (this) {
            case DEPLOYING, READY -> DEPLOYING;
            case IN_SERVICE -> READY;
            case LEAVING, QUARANTINE -> IN_SERVICE;
        };
    }

    /** Whether that state is later on the way into service; a node may leave service from any state. */
    public boolean isBehind(NodeState later) {
        return compareTo(IN_SERVICE) <= 0 && compareTo(later) < 0;
    }

    /** Returns the state that a tag names, if it names one. */
    public static Optional<NodeState> ofTag(String tag) {
        return Arrays.stream(values()).filter(state -> state.tag().equals(tag)).findFirst();
    }
}
