package dev.sluice.activities.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Shares one answer among callers: a call during a request, or shortly after it, gets the next answer. */
final class CoalescedRequest<T> {
    /** The shortest time between two requests. Many steps that need a fresh answer share one; one step rarely asks so often. */
    private static final Duration APART = Duration.ofMillis(250);

    private final Clock clock;
    private final Supplier<T> question;
    private @Nullable T answer;
    private Instant asked = Instant.EPOCH;
    private long next = System.nanoTime();

    CoalescedRequest(Clock clock, Supplier<T> question) {
        this.clock = clock;
        this.question = question;
    }

    /** Returns an answer whose request was sent at most that long before this call; zero means after it. */
    T asOf(Duration age) {
        return since(clock.instant().minus(age));
    }

    private synchronized T since(Instant oldest) {
        T known = answer;
        if (known != null && asked.isAfter(oldest)) {
            return known;
        }
        LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
        next = System.nanoTime() + APART.toNanos();
        Instant now = clock.instant();
        T fresh = question.get();
        answer = fresh;
        asked = now;
        return fresh;
    }
}
