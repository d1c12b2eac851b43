package dev.sluice.workflows.model.cluster;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a node is for. */
public enum Role {
    /** Runs the application and receives its requests from the proxies. */
    APP("app", true, false),
    /** Receives the clients' requests and balances them over the members. */
    PROXY("proxy", false, true);

    private final String word;
    private final boolean member;
    private final boolean facesClients;

    Role(String word, boolean member, boolean facesClients) {
        this.word = word;
        this.member = member;
        this.facesClients = facesClients;
    }

    @JsonValue
    public String word() {
        return word;
    }

    /** Returns the role of that word; throws IllegalArgumentException, which names all roles. */
    @JsonCreator
    public static Role of(String word) {
        return Arrays.stream(values())
                .filter(role -> role.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'%s' is not a role; roles are %s"
                        .formatted(
                                word, Arrays.stream(values()).map(Role::word).collect(Collectors.joining(" and ")))));
    }

    /** Whether nodes of this role are members of the proxies. */
    public boolean isMember() {
        return member;
    }

    /** Whether nodes of this role are listed in DNS, and balance over the members. */
    public boolean facesClients() {
        return facesClients;
    }

    @Override
    public String toString() {
        return word;
    }
}
