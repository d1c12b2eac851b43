package dev.sluice.activities.ssh;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal from a timer that an activity lives, but only until the deadline of what it waits for: an activity that
 * hangs stops beating. Outside an activity it does nothing.
 */
public final class Heartbeats implements AutoCloseable {
    private static final long EVERY_MILLIS = 1000;
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    private final Optional<ActivityExecutionContext> activity;
    private final Optional<ScheduledFuture<?>> timer;
    private volatile long deadline;
    private volatile @Nullable ActivityCompletionException ended;

    private Heartbeats(Optional<ActivityExecutionContext> activity) {
        this.activity = activity;
        this.deadline = System.nanoTime();
        this.timer = activity.map(
                context -> TIMER.scheduleAtFixedRate(() -> beat(context), 0, EVERY_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Heartbeats of the activity that runs on this thread, if one does; they begin with {@link #during}. */
    public static Heartbeats start() {
        return new Heartbeats(context());
    }

    /** From now on it beats until that limit is over. Throws what the last beat was answered with, if Temporal gave up. */
    public void during(Duration limit) {
        ActivityCompletionException over = ended;
        if (over != null) {
            throw over;
        }
        deadline = System.nanoTime() + limit.toNanos();
        activity.ifPresent(this::beat);
    }

    private void beat(ActivityExecutionContext context) {
        if (System.nanoTime() > deadline || ended != null) {
            return;
        }
        try {
            context.heartbeat(null);
        } catch (ActivityCompletionException over) {
            ended = over;
        }
    }

    /** The same shell, beating while its commands run. */
    public Shell over(Shell shell) {
        return (command, limit) -> {
            during(limit.plusMillis(EVERY_MILLIS));
            return shell.run(command, limit);
        };
    }

    @Override
    public void close() {
        timer.ifPresent(running -> running.cancel(false));
    }

    private static Optional<ActivityExecutionContext> context() {
        try {
            return Optional.of(Activity.getExecutionContext());
        } catch (IllegalStateException outside) {
            return Optional.empty();
        }
    }
}
