package dev.sluice.lab.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that a test advances, so that minutes of a cloud in memory take no time. */
public final class VirtualClock extends Clock {
    private final AtomicReference<Instant> now;

    /** A clock that shows this moment. */
    public VirtualClock(Instant start) {
        this.now = new AtomicReference<>(start);
    }

    /** Advances the clock. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Time cannot go back, but the step is " + time);
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
