package dev.sluice.activities.cloud.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Limits the requests of all threads to DigitalOcean's rate limit. It follows the remaining requests that answers
 * report, so that several workers and other programs can share a token.
 */
final class RateLimiter {
    /** Below this number of remaining requests in the hour, requests are spaced; the fewer remain, the wider. */
    private static final int FEW_OF_HOUR = 100;

    /** The same for the minute, in proportion to the share of other programs. */
    private static final int FEW_OF_MINUTE = 125;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** Requests of a minute that are reserved for other programs, whose latest requests no answer has shown yet, */
    private static final int FOR_OTHERS = 15;

    /** and one more for each group of this size that they have sent. */
    private static final int ONE_MORE_OF = 8;

    private final Clock clock;
    private final RequestWindow minute = new RequestWindow();
    private long requests;
    private int left = Integer.MAX_VALUE;
    private Instant open = Instant.MIN;
    private Instant lastTurn = Instant.MIN;

    RateLimiter(Clock clock) {
        this.clock = clock;
    }

    /** Number of requests admitted so far. */
    synchronized long requests() {
        return requests;
    }

    /** Admits one request at its turn, or returns the wait that DigitalOcean asked for or would ask for. */
    Optional<Duration> admit() {
        Duration turn = turn();
        if (turn.compareTo(LONGEST_PAUSE) > 0) {
            return Optional.of(turn);
        }
        if (!turn.isZero()) {
            LockSupport.parkNanos(turn.toNanos());
        }
        return letThrough();
    }

    /**
     * Returns the time until the next request's turn and reserves it if that is at most a second. Workers that share a
     * token overrun the limit by requests that no answer has shown yet; turns keep these few.
     */
    synchronized Duration turn() {
        Instant now = clock.instant();
        Instant turn = lastTurn.isBefore(now.minus(LONGEST_PAUSE)) ? now : lastTurn.plus(apart(now));
        Duration wait = turn.isAfter(now) ? Duration.between(now, turn) : Duration.ZERO;
        if (wait.compareTo(LONGEST_PAUSE) <= 0) {
            lastTurn = now.plus(wait);
        }
        return wait;
    }

    private Duration apart(Instant now) {
        Duration ofHour = apart(left, FEW_OF_HOUR);
        Duration ofMinute = minute.others(now) == 0
                ? Duration.ZERO
                : apart(minute.remaining(now), FEW_OF_MINUTE)
                        .multipliedBy(minute.others(now))
                        .dividedBy(minute.used(now));
        return ofHour.compareTo(ofMinute) > 0 ? ofHour : ofMinute;
    }

    private static Duration apart(int left, int few) {
        return left >= few
                ? Duration.ZERO
                : LONGEST_PAUSE.multipliedBy(few - Math.max(0, left)).dividedBy(few);
    }

    /** Admits a request whose turn it is, or returns the wait. */
    synchronized Optional<Duration> letThrough() {
        Instant now = clock.instant();
        Instant free = minute.hasLeft(FOR_OTHERS + minute.others(now) / ONE_MORE_OF + 1, now);
        Duration wait = Duration.between(now, open.isAfter(free) ? open : free);
        if (wait.isNegative() || wait.isZero()) {
            requests++;
            minute.recordOwnRequest(now);
            return Optional.empty();
        }
        return Optional.of(wait);
    }

    /** Records an answer; its waiting time stops all requests. */
    synchronized void learn(@Nullable Integer remaining, @Nullable Duration wait) {
        if (wait != null) {
            open = clock.instant().plus(wait);
        }
        if (remaining != null) {
            left = Math.max(0, remaining);
            // A refusal reports 0 whatever remains of the hour.
            if (wait == null) {
                minute.recordRemaining(remaining, clock.instant());
            }
        }
    }
}
