package dev.sluice.activities.membership;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells Temporal once a second that an activity lives, and only as long as its own commands may take: one that hangs
 * falls silent. Outside an activity it does nothing.
 */
final class Pulse {
    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "membership-pulse");
        thread.setDaemon(true);
        return thread;
    });

    private Pulse() {}

    /** Does the work while beating for at most {@code limit}; the work itself ends by its commands' limits. */
    static <T> T during(Duration limit, Supplier<T> work) {
        ActivityExecutionContext activity = context();
        if (activity == null) {
            return work.get();
        }
        activity.heartbeat(null);
        long deadline = System.nanoTime() + limit.toNanos();
        ScheduledFuture<?> timer =
                TIMER.scheduleAtFixedRate(() -> beat(activity, deadline), 1000, 1000, TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } finally {
            timer.cancel(false);
        }
    }

    /** Ends the activity here if Temporal has given it up, between two writes and never within one. */
    static void stillWanted() {
        ActivityExecutionContext activity = context();
        if (activity != null) {
            activity.heartbeat(null);
        }
    }

    private static void beat(ActivityExecutionContext activity, long deadline) {
        if (System.nanoTime() > deadline) {
            return;
        }
        try {
            activity.heartbeat(null);
        } catch (ActivityCompletionException ended) {
            // The next stillWanted() says so on the activity's own thread; a timer has nobody to tell.
            return;
        }
    }

    private static @Nullable ActivityExecutionContext context() {
        try {
            return Activity.getExecutionContext();
        } catch (IllegalStateException outside) {
            return null;
        }
    }
}
