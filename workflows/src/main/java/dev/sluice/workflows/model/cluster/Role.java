package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** What a node is for. */
public enum Role {
    /** Runs the application; gets its requests from the proxies. */
    APP("app"),
    /** Faces the clients; balances over the members. */
    PROXY("proxy");

    private final String word;

    Role(String word) {
        this.word = word;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** The role of that word; throws IllegalArgumentException with the words there are. */
    @JsonCreator
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word.equals(word))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'%s' is not a role; roles are app and proxy".formatted(word)));
    }

    /** Whether nodes of this role stand in DNS. */
    public boolean facesClients() {
        return this == PROXY;
    }

    @Override
    public String toString() {
        return word;
    }
}
