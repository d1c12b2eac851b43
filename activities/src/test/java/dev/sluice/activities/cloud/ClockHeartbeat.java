package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.client.MovingClock;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A heart whose pauses move the clock; what a try remembers, the next one knows. */
public final class ClockHeartbeat implements ActivityHeartbeat.Starter {
    private final MovingClock clock;
    private @Nullable Instant kept;
    private boolean again;
    private @Nullable RuntimeException stop;
    private final List<Duration> pauses = new ArrayList<>();

    public ClockHeartbeat(MovingClock clock) {
        this.clock = clock;
    }

    /** The next step is a later try of the same one. */
    public void nextTry() {
        again = true;
        stop = null;
    }

    /** Ends the step at its next pause. */
    public void stopWith(RuntimeException reason) {
        stop = reason;
    }

    public List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    @Override
    public ActivityHeartbeat start() {
        return new ActivityHeartbeat() {
            @Override
            public void pause(Duration time) {
                if (stop != null) {
                    throw stop;
                }
                pauses.add(time);
                clock.advance(time);
            }

            @Override
            public void remember(Instant instant) {
                kept = instant;
            }

            @Override
            public Optional<Instant> remembered() {
                return Optional.ofNullable(kept);
            }

            @Override
            public boolean isRetry() {
                return again;
            }

            @Override
            public void close() {}
        };
    }
}
