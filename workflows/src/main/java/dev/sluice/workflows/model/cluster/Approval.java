package dev.sluice.workflows.model.cluster;

import java.time.Instant;

/** Who said yes, when and why. */
public record Approval(String by, Instant at, String reason) {
    public Approval {
        if (by.isBlank()) {
            throw new IllegalArgumentException("An approval names who gives it");
        }
    }
}
