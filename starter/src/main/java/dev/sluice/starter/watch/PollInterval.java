package dev.sluice.starter.watch;

import java.time.Duration;

/** How long a run is left in peace between two looks: each is a query, which costs its worker and Temporal a little. */
final class PollInterval {
    private static final Duration QUICKEST = Duration.ofMillis(500);
    private static final Duration SLOWEST = Duration.ofSeconds(1);
    private static final int PART = 10;

    private PollInterval() {}

    /** A tenth of how long nothing has changed, within bounds: what waits for hours is looked at once a second. */
    static Duration after(Duration unchanged) {
        Duration part = unchanged.dividedBy(PART);
        if (part.compareTo(QUICKEST) < 0) {
            return QUICKEST;
        }
        return part.compareTo(SLOWEST) > 0 ? SLOWEST : part;
    }
}
