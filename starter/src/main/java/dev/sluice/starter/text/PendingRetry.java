package dev.sluice.starter.text;

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
    /** Returns text such as {@code try 2 in 8.0 s: connection refused}. */
    String describe(Instant now) {
        String when = next.filter(time -> time.isAfter(now))
                .map(time -> " in " + TimeText.duration(now, time))
                .orElse("");
        return "try %d%s: %s".formatted(attempt, when, StepText.clean(why));
    }

    /** Returns the reason without its numbers, so that the same failure is printed once while its numbers change. */
    String kind() {
        return why.replaceAll("[0-9]+", "");
    }
}
