package dev.sluice.workflows.model.node;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a node: of its droplet, its host, its route and in every log line. Never used twice. */
public record NodeName(@JsonValue String value) implements Comparable<NodeName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public NodeName {
        if (!value.matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new IllegalArgumentException("'%s' is not a DNS label".formatted(value));
        }
    }

    @Override
    public int compareTo(NodeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
