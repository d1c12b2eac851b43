package dev.sluice.activities.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The requests that DigitalOcean grants the token, shared by all threads of the process. It follows what the answers
 * say is left, so that several workers and the owner's own scripts can share a token.
 */
final class Budget {
    /** Below so many requests left of the hour, each one waits a little; the fewer, the longer. */
    private static final int FEW_OF_HOUR = 100;

    /** The same of the minute. */
    private static final int FEW_OF_MINUTE = 50;

    /** What is left of a minute for requests of others that no answer has told of yet. */
    private static final int FOR_OTHERS = 15;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Clock clock;
    private final Minute minute = new Minute();
    private long requests;
    private int left = Integer.MAX_VALUE;
    private Instant open = Instant.MIN;

    Budget(Clock clock) {
        this.clock = clock;
    }

    /** Requests let through so far. */
    synchronized long requests() {
        return requests;
    }

    /** Lets one request through; or says how long nothing is sent, since DigitalOcean asked for it or would. */
    synchronized Optional<Duration> admit() {
        Instant now = clock.instant();
        Instant free = minute.hasLeft(FOR_OTHERS + 1, now);
        Duration wait = Duration.between(now, open.isAfter(free) ? open : free);
        if (wait.isNegative() || wait.isZero()) {
            requests++;
            minute.ours(now);
            return Optional.empty();
        }
        return Optional.of(wait);
    }

    /** Waits at most a second when few are left; before a request is let through, since others do not see it until it is answered. */
    void slowDown() {
        Duration pause = pause();
        if (!pause.isZero()) {
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    synchronized Duration pause() {
        Duration hour = pause(left, FEW_OF_HOUR);
        Duration ofMinute = pause(minute.left(clock.instant()), FEW_OF_MINUTE);
        return hour.compareTo(ofMinute) > 0 ? hour : ofMinute;
    }

    private static Duration pause(int left, int few) {
        return left >= few
                ? Duration.ZERO
                : LONGEST_PAUSE.multipliedBy(few - Math.max(0, left)).dividedBy(few);
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
