package dev.sluice.starter.run;

import java.time.Instant;
import java.util.Optional;

/**
 * A retry of a step after a failed attempt.
 *
 * @param attempt number of the retry, from 2
 * @param next when it starts; empty if it is in progress
 * @param why the failure of the last attempt
 */
public record PendingRetry(int attempt, Optional<Instant> next, String why) {
    /** Returns the reason without its numbers, so that the same failure is printed once while its numbers change. */
    public String kind() {
        return why.replaceAll("[0-9]+", "");
    }
}
