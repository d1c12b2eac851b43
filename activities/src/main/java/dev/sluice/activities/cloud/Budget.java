package dev.sluice.activities.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The requests that DigitalOcean grants the token, shared by all threads of the process. It follows what the answers
 * say is left, so that several workers and the owner's own scripts can share a token.
 */
final class Budget {
    /** Below so many requests left, each one waits a little; the fewer, the longer. */
    private static final int FEW = 100;

    /** What is left of a minute for requests of others that no answer has told of yet. */
    private static final int FOR_OTHERS = 50;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final AtomicLong requests = new AtomicLong();
    private final Minute minute = new Minute();
    private int left = Integer.MAX_VALUE;
    private Instant open = Instant.MIN;

    Budget(Clock clock) {
        this.clock = clock;
    }

    /** Requests sent so far. */
    long requests() {
        return requests.get();
    }

    /** Whether DigitalOcean asked to wait, or would if more were sent now, and until when; nothing is sent before. */
    synchronized Optional<Duration> closed() {
        Instant now = clock.instant();
        Instant free = minute.hasLeft(FOR_OTHERS, now);
        Duration wait = Duration.between(now, open.isAfter(free) ? open : free);
        return wait.isNegative() || wait.isZero() ? Optional.empty() : Optional.of(wait);
    }

    /** Takes one request out of the budget, after a pause of at most a second when few are left. */
    void take() {
        Duration pause = pause();
        if (!pause.isZero()) {
            LockSupport.parkNanos(pause.toNanos());
        }
        taken();
    }

    synchronized void taken() {
        requests.incrementAndGet();
        minute.ours(clock.instant());
    }

    synchronized Duration pause() {
        int few = Math.min(left, minute.left(clock.instant()));
        if (few >= FEW) {
            return Duration.ZERO;
        }
        return LONGEST_PAUSE.multipliedBy(FEW - Math.max(0, few)).dividedBy(FEW);
    }

    /** Learns from an answer; a waiting time closes the budget for everybody. */
    synchronized void learn(@Nullable Integer remaining, @Nullable Duration wait) {
        if (wait != null) {
            open = clock.instant().plus(wait);
        }
        if (remaining != null) {
            left = Math.max(0, remaining);
            // A refusal says 0 whatever is left of the hour.
            if (wait == null) {
                minute.left(remaining, clock.instant());
            }
        }
    }
}
