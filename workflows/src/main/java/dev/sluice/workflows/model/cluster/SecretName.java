package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The name of a secret of the workers. Plans and histories never hold the secret itself. */
public record SecretName(@JsonValue String value) implements Comparable<SecretName> {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public SecretName {
        if (!value.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a secret: lower-case letters, digits and hyphens".formatted(value));
        }
    }

    @Override
    public int compareTo(SecretName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
