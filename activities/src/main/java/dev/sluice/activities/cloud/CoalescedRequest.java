package dev.sluice.activities.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One answer for many: who asks while a request is under way, or so soon after the last one, shares the next answer. */
final class CoalescedRequest<T> {
    /** Many steps that each want a fresh answer get one together; a single step hardly ever asks so often. */
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

    /** An answer whose request was sent at most so long before this call; zero for one sent after it. */
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
