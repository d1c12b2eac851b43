package dev.sluice.activities.cloud.client;

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
final class RateLimiter {
    /** Below so many requests left of the hour, the turns are apart; the fewer, the longer. */
    private static final int FEW_OF_HOUR = 100;

    /** The same of the minute, by as much of it as is others'. */
    private static final int FEW_OF_MINUTE = 125;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    /** What is left of a minute for requests of others that no answer has told of yet, */
    private static final int FOR_OTHERS = 15;

    /** and one more for every so many that others have sent. */
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

    /** Requests let through so far. */
    synchronized long requests() {
        return requests;
    }

    /** Lets one request through, at its turn; or says how long nothing is sent, since DigitalOcean asked for it or would. */
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
     * How long until the next request's turn, which is kept for it if that is at most a second. Requests of which no answer
     * has told are what goes wrong between workers: in turns there are few of them.
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

    /** Lets a request through whose turn it is; or says how long nothing is sent. */
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

    /** Learns from an answer; a waiting time closes the budget for everybody. */
    synchronized void learn(@Nullable Integer remaining, @Nullable Duration wait) {
        if (wait != null) {
            open = clock.instant().plus(wait);
        }
        if (remaining != null) {
            left = Math.max(0, remaining);
            // A refusal says 0 whatever is left of the hour.
            if (wait == null) {
                minute.recordRemaining(remaining, clock.instant());
            }
        }
    }
}
