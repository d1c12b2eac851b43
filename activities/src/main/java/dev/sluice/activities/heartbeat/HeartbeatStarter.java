package dev.sluice.activities.heartbeat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a long step shows that it lives, and learns that it shall stop. */
public interface HeartbeatStarter {
    /** Begins to beat for the step on this thread, about once a second, until closed. */
    StepHeartbeat start();

    /** The beating of one step. */
    interface StepHeartbeat extends AutoCloseable {
        /** Waits; throws what the step has to end with if it shall stop. */
        void pause(Duration time);

        /** Keeps an instant for a later try of the step. */
        void remember(Instant instant);

        /** What an earlier try kept. */
        Optional<Instant> remembered();

        /** Whether an earlier try may have done something. */
        boolean isRetry();

        @Override
        void close();
    }
}
