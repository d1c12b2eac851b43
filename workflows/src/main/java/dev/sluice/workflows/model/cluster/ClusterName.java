package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a cluster: first part of its nodes' names, workflow IDs and tags. */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ClusterName {
        if (!value.matches("[a-z][a-z0-9]{0,19}")) {
            throw new IllegalArgumentException(
                    "'%s' is not a cluster name: a lower-case letter, then at most 19 letters or digits"
                            .formatted(value));
        }
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
