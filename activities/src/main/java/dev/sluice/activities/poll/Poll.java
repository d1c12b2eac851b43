package dev.sluice.activities.poll;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Repeats a check with pauses until it succeeds or the deadline passes. One object serves one wait. */
public final class Poll {
    private final Supplier<Duration> backoff;
    private final Consumer<Duration> sleeper;
    private BooleanSupplier over = () -> false;
    private Duration lastPause = Duration.ZERO;

    private Poll(Supplier<Duration> backoff, Consumer<Duration> sleeper) {
        this.backoff = backoff;
        this.sleeper = sleeper;
    }

    /** Pauses by the sleeper, such as {@code heartbeat::pause}, for as long as the back-off says. */
    public static Poll every(Supplier<Duration> backoff, Consumer<Duration> sleeper) {
        return new Poll(backoff, sleeper);
    }

    /** Parks the thread for the same pause each time. */
    public static Poll every(Duration pause) {
        return every(() -> pause, time -> LockSupport.parkNanos(time.toNanos()));
    }

    /** A back-off that doubles from the first pause to the longest one. */
    public static Supplier<Duration> doubling(Duration first, Duration longest) {
        Duration[] next = {first};
        return () -> {
            Duration pause = next[0];
            Duration doubled = pause.multipliedBy(2);
            next[0] = doubled.compareTo(longest) > 0 ? longest : doubled;
            return pause;
        };
    }

    /** Stops when that clock has advanced by the limit. */
    public Poll until(Clock clock, Duration limit) {
        Instant deadline = clock.instant().plus(limit);
        over = () -> !clock.instant().isBefore(deadline);
        return this;
    }

    /** Stops when {@link System#nanoTime} has reached the deadline. */
    public Poll until(long deadline) {
        over = () -> System.nanoTime() - deadline > 0;
        return this;
    }

    /** Stops after the limit of real time. */
    public Poll until(Duration limit) {
        return until(System.nanoTime() + limit.toNanos());
    }

    /** Stops after so many checks. */
    public Poll times(int checks) {
        int[] left = {checks};
        over = () -> --left[0] <= 0;
        return this;
    }

    /** Returns the first answer that is done; at the deadline the last answer, which is not. */
    public <T> T await(Supplier<T> check, Predicate<T> done) {
        while (true) {
            T answer = check.get();
            if (done.test(answer) || over.getAsBoolean()) {
                return answer;
            }
            pause();
        }
    }

    /** Whether the check became true before the deadline. */
    public boolean await(BooleanSupplier check) {
        return await(check::getAsBoolean, answer -> answer);
    }

    /** Returns the first answer; retries while the call fails in an expected way, at the deadline throws the last failure. */
    public <T> T retry(Supplier<T> call, Predicate<RuntimeException> expected) {
        while (true) {
            try {
                return call.get();
            } catch (RuntimeException failure) {
                if (!expected.test(failure) || over.getAsBoolean()) {
                    throw failure;
                }
                pause();
            }
        }
    }

    /** Pauses once; also used to pause before the first check. */
    public void pause() {
        lastPause = backoff.get();
        sleeper.accept(lastPause);
    }

    /** Whether the deadline has passed: for a wait whose check is not a call of its own. */
    public boolean isOver() {
        return over.getAsBoolean();
    }

    /** How long the last pause was; zero before the first one. */
    public Duration lastPause() {
        return lastPause;
    }
}
