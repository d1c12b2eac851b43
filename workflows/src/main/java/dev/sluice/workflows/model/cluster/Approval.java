package dev.sluice.workflows.model.cluster;

import java.time.Instant;

/** The approval of a template or a plan: person, time and reason. */
public record Approval(String by, Instant at, String reason) {
    public Approval {
        if (by.isBlank()) {
            throw new IllegalArgumentException("An approval has a name");
        }
    }
}
