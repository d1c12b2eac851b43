package dev.sluice.activities.cloud;

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
import org.jspecify.annotations.Nullable;

/** Heartbeats of Temporal, from a timer, so that a request that takes its time does not look like a dead worker. */
public final class TemporalHeart implements Heart, AutoCloseable {
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(2, work -> {
        Thread thread = new Thread(work, "cloud-heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public Beat start() {
        return new TemporalBeat(Activity.getExecutionContext(), timer);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private static final class TemporalBeat implements Beat {
        private final ActivityExecutionContext context;
        private final ScheduledFuture<?> ticks;
        /** Completes when the step shall stop: cancelled, timed out, or not known any more. */
        private final CompletableFuture<ActivityCompletionException> end = new CompletableFuture<>();

        private volatile @Nullable String kept;

        TemporalBeat(ActivityExecutionContext context, ScheduledExecutorService timer) {
            this.context = context;
            this.kept = context.getHeartbeatDetails(String.class).orElse(null);
            this.ticks = timer.scheduleAtFixedRate(this::beat, 1, 1, TimeUnit.SECONDS);
        }

        private void beat() {
            try {
                context.heartbeat(kept);
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
        public boolean again() {
            return context.getInfo().getAttempt() > 1;
        }

        @Override
        public void close() {
            ticks.cancel(false);
        }
    }
}
