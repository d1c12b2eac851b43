package dev.sluice.activities.heartbeat;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal from a timer that an activity lives, but only until the deadline of what it waits for: an activity that
 * hangs stops beating. Outside an activity it does nothing.
 */
public final class ActivityHeartbeat implements HeartbeatStarter.StepHeartbeat {
    /** The pace: a beat a second. */
    public static final Duration EVERY = Duration.ofSeconds(1);

    private static final Duration NOT_YET = Duration.ofNanos(-1);
    private static final Duration UNTIL_CLOSED = Duration.ofDays(365);
    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    private final Consumer<@Nullable String> told;
    private final boolean again;
    private final ScheduledFuture<?> timer;
    /** Completes when the step shall stop: cancelled, timed out, or not known any more. */
    private final CompletableFuture<ActivityCompletionException> end = new CompletableFuture<>();

    private volatile @Nullable String kept;
    private volatile long deadline;

    /** Beats at that pace with what tells Temporal, from now until that limit. */
    ActivityHeartbeat(
            Consumer<@Nullable String> told, boolean again, Optional<String> kept, Duration limit, Duration pace) {
        this.told = told;
        this.again = again;
        this.kept = kept.orElse(null);
        this.deadline = System.nanoTime() + limit.toNanos();
        this.timer = TIMER.scheduleAtFixedRate(this::beat, pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Heartbeats of the activity that runs on this thread, if one does; they begin with {@link #beatFor}. */
    public static ActivityHeartbeat start() {
        return start(NOT_YET);
    }

    /** The same, beating from now on until closed: for steps whose every request has a hard deadline of its own. */
    public static ActivityHeartbeat startUntilClosed() {
        return start(UNTIL_CLOSED);
    }

    private static ActivityHeartbeat start(Duration limit) {
        return context()
                .map(activity -> new ActivityHeartbeat(
                        activity::heartbeat,
                        activity.getInfo().getAttempt() > 1,
                        activity.getHeartbeatDetails(String.class),
                        limit,
                        EVERY))
                .orElseGet(() -> new ActivityHeartbeat(nobody -> {}, false, Optional.empty(), limit, EVERY));
    }

    /** Does the work while beating for at most {@code limit}; the work itself ends by its commands' limits. */
    public static <T> T beatWhile(Duration limit, Supplier<T> work) {
        throwIfCancelled();
        ActivityHeartbeat beats = start(limit);
        try {
            return work.get();
        } finally {
            beats.close();
        }
    }

    /** Whether every earlier try of the activity on this thread ended with {@link #recordNothingWritten}. */
    public static boolean nothingWasWritten() {
        return context()
                .map(activity -> activity.getInfo().getAttempt() == 1
                        || activity.getHeartbeatDetails(String.class)
                                .filter(words(activity.getInfo().getAttempt() - 1)::equals)
                                .isPresent())
                .orElse(true);
    }

    /** This try ends without having written; a try that is cut off says nothing and counts as one that wrote. */
    public static void recordNothingWritten() {
        context()
                .ifPresent(
                        activity -> activity.heartbeat(words(activity.getInfo().getAttempt())));
    }

    private static String words(int attempt) {
        return "nothing written, try " + attempt;
    }

    /** Ends the activity on this thread here if Temporal has given it up: between two writes and never within one. */
    public static void throwIfCancelled() {
        context().ifPresent(activity -> activity.heartbeat(null));
    }

    /** From now on it beats until that limit is over. Throws what the last beat was answered with, if Temporal gave up. */
    public void beatFor(Duration limit) {
        if (end.isDone()) {
            throw end.join();
        }
        // Several commands may run side by side: the longest of them counts.
        long asked = System.nanoTime() + limit.toNanos();
        deadline = asked - deadline > 0 ? asked : deadline;
        beat();
    }

    private void beat() {
        if (System.nanoTime() - deadline > 0 || end.isDone()) {
            return;
        }
        try {
            told.accept(kept);
        } catch (ActivityCompletionException stop) {
            end.complete(stop);
        } catch (RuntimeException lost) {
            // The server is away for a moment; it judges by its own clock whether the step still lives.
        }
    }

    @Override
    public void pause(Duration time) {
        try {
            throw end.get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException over) {
            return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker is stopping", interrupted);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void remember(Instant instant) {
        kept = instant.toString();
        beat();
    }

    @Override
    public Optional<Instant> remembered() {
        return Optional.ofNullable(kept).map(Instant::parse);
    }

    @Override
    public boolean isRetry() {
        return again;
    }

    @Override
    public void close() {
        timer.cancel(false);
    }

    private static Optional<ActivityExecutionContext> context() {
        try {
            return Optional.of(Activity.getExecutionContext());
        } catch (IllegalStateException outside) {
            return Optional.empty();
        }
    }
}
