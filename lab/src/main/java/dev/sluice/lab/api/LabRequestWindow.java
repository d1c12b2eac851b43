package dev.sluice.lab.api;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** A sliding limit of uses in a window of time; each use expires with the window's length. */
public final class LabRequestWindow {
    private final int limit;
    private final Duration length;
    private final Deque<Instant> uses = new ArrayDeque<>();

    public LabRequestWindow(int limit, Duration length) {
        this.limit = limit;
        this.length = length;
    }

    public int remaining(Instant now) {
        while (!uses.isEmpty() && !uses.getFirst().plus(length).isAfter(now)) {
            uses.removeFirst();
        }
        return limit - uses.size();
    }

    public void addUse(Instant now) {
        uses.addLast(now);
    }

    /** When the oldest use expires; without a use, one window from now. */
    public Instant nextFreeTime(Instant now) {
        return (uses.isEmpty() ? now : uses.getFirst()).plus(length);
    }

    /** Seconds until one more use is allowed, at least 1. */
    public int waitSeconds(Instant now) {
        return (int) Math.max(1, (Duration.between(now, nextFreeTime(now)).toMillis() + 999) / 1000);
    }
}
