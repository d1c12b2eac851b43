package dev.sluice.workflows.model.node;

import java.util.Arrays;
import java.util.Optional;

/** Where a node is in its life, as the tag {@code state:…} of its droplet says. */
public enum NodeState {
    DEPLOYING("deploying"),
    /** Passed the gate, takes no traffic: an app without any proxy yet. */
    READY("ready"),
    IN_SERVICE("in-service"),
    LEAVING("leaving"),
    /** Kept, powered off, out of traffic, named. */
    QUARANTINE("quarantine");

    private final String word;

    NodeState(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The tag of a droplet in this state. */
    public String tag() {
        return "state:" + word;
    }

    /** The state that a node comes from as a rule; the first one comes from itself. */
    public NodeState previous() {
        return switch (this) {
            case DEPLOYING, READY -> DEPLOYING;
            case IN_SERVICE -> READY;
            case LEAVING, QUARANTINE -> IN_SERVICE;
        };
    }

    /** Whether a node on its way into service has left this state for that one; out of service it goes from any. */
    public boolean isBehind(NodeState later) {
        return compareTo(IN_SERVICE) <= 0 && compareTo(later) < 0;
    }

    /** The state that a tag names, if it names one. */
    public static Optional<NodeState> ofTag(String tag) {
        return Arrays.stream(values()).filter(state -> state.tag().equals(tag)).findFirst();
    }
}
