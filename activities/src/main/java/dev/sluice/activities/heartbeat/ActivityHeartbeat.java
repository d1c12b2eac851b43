package dev.sluice.activities.heartbeat;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** Reports to Temporal that one activity is alive, and ends the activity once Temporal has cancelled it. */
public interface ActivityHeartbeat extends AutoCloseable {
    /** The pause between two heartbeats. */
    Duration EVERY = Duration.ofSeconds(1);

    /** Starts the heartbeat of the activity on this thread; injected, since tests have no activity. */
    @FunctionalInterface
    interface Starter {
        ActivityHeartbeat start();
    }

    /** The heartbeat of the activity on this thread, silent until {@link #beatFor}; without an activity it reports nothing. */
    static ActivityHeartbeat start() {
        return TemporalHeartbeat.start(context(), TemporalHeartbeat.SILENT);
    }

    /** A heartbeat that beats until it is closed: for steps in which each request has a hard deadline. */
    static ActivityHeartbeat startUntilClosed() {
        return TemporalHeartbeat.start(context(), TemporalHeartbeat.UNTIL_CLOSED);
    }

    /** Runs the work while beating for at most the limit; the limits of its commands end the work. */
    static <T> T beatWhile(Duration limit, Supplier<T> work) {
        throwIfCancelled();
        ActivityHeartbeat heartbeat = TemporalHeartbeat.start(context(), limit);
        try {
            return work.get();
        } finally {
            heartbeat.close();
        }
    }

    /** Whether each earlier attempt of the activity on this thread ended with {@link #recordNothingWritten}. */
    static boolean nothingWasWritten() {
        return context()
                .map(activity -> activity.getInfo().getAttempt() == 1
                        || activity.getHeartbeatDetails(String.class)
                                .filter(nothingWritten(activity.getInfo().getAttempt() - 1)::equals)
                                .isPresent())
                .orElse(true);
    }

    /** Records that this attempt ends without a write. An attempt that is cut off records nothing and counts as a write. */
    static void recordNothingWritten() {
        context()
                .ifPresent(activity ->
                        activity.heartbeat(nothingWritten(activity.getInfo().getAttempt())));
    }

    private static String nothingWritten(int attempt) {
        return "nothing written, try " + attempt;
    }

    /** Ends the activity on this thread if Temporal has cancelled it. Call it between two writes, never within one. */
    static void throwIfCancelled() {
        context().ifPresent(activity -> activity.heartbeat(null));
    }

    private static Optional<ActivityExecutionContext> context() {
        try {
            return Optional.of(Activity.getExecutionContext());
        } catch (IllegalStateException outside) {
            return Optional.empty();
        }
    }

    /** Beats until the limit has passed, or longer if an earlier call asked for longer; throws if Temporal has cancelled. */
    default void beatFor(Duration limit) {}

    /** Pauses; throws the failure that the activity must end with if Temporal has cancelled it. */
    void pause(Duration time);

    /** Stores an instant for a later attempt of the activity. */
    void remember(Instant instant);

    /** The instant that an earlier attempt stored. */
    Optional<Instant> remembered();

    /** Whether an earlier attempt may have changed something. */
    boolean isRetry();

    @Override
    void close();
}
