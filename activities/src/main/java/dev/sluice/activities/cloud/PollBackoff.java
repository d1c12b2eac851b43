package dev.sluice.activities.cloud;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;

/** The pauses between polls of a droplet: short at first, since much is done at once, then up to five seconds. */
final class PollBackoff implements Supplier<Duration> {
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Iterator<Integer> first =
            List.of(150, 300, 500, 1_000, 2_000, 3_000).iterator();

    @Override
    public Duration get() {
        return first.hasNext() ? Duration.ofMillis(first.next()) : LAST;
    }
}
