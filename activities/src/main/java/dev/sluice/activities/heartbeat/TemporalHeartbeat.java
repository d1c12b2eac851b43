package dev.sluice.activities.heartbeat;

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
import org.jspecify.annotations.Nullable;

/**
 * Beats from a timer, but only until the deadline of the command in progress: an activity that hangs stops beating.
 * Without an activity it reports nothing.
 */
final class TemporalHeartbeat implements ActivityHeartbeat {
    static final Duration SILENT = Duration.ofNanos(-1);
    static final Duration UNTIL_CLOSED = Duration.ofDays(365);

    private static final ScheduledExecutorService TIMER = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    private final Consumer<@Nullable String> temporal;
    private final boolean retry;
    private final ScheduledFuture<?> timer;
    /** Completes when Temporal has cancelled the activity, timed it out, or forgotten it. */
    private final CompletableFuture<ActivityCompletionException> end = new CompletableFuture<>();

    private volatile @Nullable String kept;
    private volatile long deadline;

    /** Beats at that pace from now until the limit has passed. */
    TemporalHeartbeat(
            Consumer<@Nullable String> temporal, boolean retry, Optional<String> kept, Duration limit, Duration pace) {
        this.temporal = temporal;
        this.retry = retry;
        this.kept = kept.orElse(null);
        this.deadline = System.nanoTime() + limit.toNanos();
        this.timer = TIMER.scheduleAtFixedRate(this::beat, pace.toNanos(), pace.toNanos(), TimeUnit.NANOSECONDS);
    }

    static ActivityHeartbeat start(Optional<ActivityExecutionContext> context, Duration limit) {
        return context.map(activity -> new TemporalHeartbeat(
                        activity::heartbeat,
                        activity.getInfo().getAttempt() > 1,
                        activity.getHeartbeatDetails(String.class),
                        limit,
                        EVERY))
                .orElseGet(() -> new TemporalHeartbeat(ignored -> {}, false, Optional.empty(), limit, EVERY));
    }

    @Override
    public void beatFor(Duration limit) {
        if (end.isDone()) {
            throw end.join();
        }
        // Several commands may run in parallel: the latest deadline counts.
        long asked = System.nanoTime() + limit.toNanos();
        deadline = asked - deadline > 0 ? asked : deadline;
        beat();
    }

    private void beat() {
        if (System.nanoTime() - deadline > 0 || end.isDone()) {
            return;
        }
        try {
            temporal.accept(kept);
        } catch (ActivityCompletionException stop) {
            end.complete(stop);
        } catch (RuntimeException lost) {
            // The server does not answer just now. Its own clock decides whether the activity is still alive.
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
        return retry;
    }

    @Override
    public void close() {
        timer.cancel(false);
    }
}
