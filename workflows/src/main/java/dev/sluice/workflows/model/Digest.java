package dev.sluice.workflows.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A SHA-256 digest in lower-case hexadecimal. */
public record Digest(@JsonValue String value) implements Comparable<Digest> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Digest {
        if (!value.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'%s' is not a SHA-256 digest".formatted(value));
        }
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
