package dev.sluice.starter.text;

import java.time.Instant;
import java.util.Optional;

/**
 * A failed try of a step's work that is followed by another one.
 *
 * @param attempt number of the try that follows, from 2
 * @param next when it begins; empty if it goes on already
 * @param why what the last one failed with
 */
public record PendingRetry(int attempt, Optional<Instant> next, String why) {
    /** Such as {@code try 2 in 8.0 s: nobody answers}. */
    String describe(Instant now) {
        String when = next.filter(time -> time.isAfter(now))
                .map(time -> " in " + TimeText.duration(now, time))
                .orElse("");
        return "try %d%s: %s".formatted(attempt, when, StepText.clean(why));
    }

    /** Stays the same while only numbers change, such as the seconds that are left. */
    String kind() {
        return why.replaceAll("[0-9]+", "");
    }
}
