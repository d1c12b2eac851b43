package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A SHA-256 digest in lower-case hexadecimal. */
public record Sha256Digest(@JsonValue String value) implements Comparable<Sha256Digest> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Sha256Digest {
        if (!value.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("'%s' is not a SHA-256 digest".formatted(value));
        }
    }

    @Override
    public int compareTo(Sha256Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
