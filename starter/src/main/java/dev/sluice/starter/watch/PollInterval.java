package dev.sluice.starter.watch;

import java.time.Duration;

/** Computes the back-off between two polls of a run: each poll is a query that loads a worker and Temporal. */
final class PollInterval {
    private static final Duration QUICKEST = Duration.ofMillis(500);
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final int PART = 10;

    private PollInterval() {}

    /** Returns a tenth of the time without a change, between half a second and one second. */
    static Duration after(Duration unchanged) {
        Duration part = unchanged.dividedBy(PART);
        if (part.compareTo(QUICKEST) < 0) {
            return QUICKEST;
        }
        return part.compareTo(SLOWEST) > 0 ? SLOWEST : part;
    }
}
