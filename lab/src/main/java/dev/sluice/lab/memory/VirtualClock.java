package dev.sluice.lab.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** The time of a cloud in memory: it stands still until it is told to go on, so that minutes pass in no time. */
public final class VirtualClock extends Clock {
    private final AtomicReference<Instant> now;

    /** A clock that stands at this moment. */
    public VirtualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** Lets time pass; it never goes back. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time does not go back, but was told to by " + time);
        }
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
