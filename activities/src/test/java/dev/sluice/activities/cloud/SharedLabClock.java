package dev.sluice.activities.cloud;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.runbook.run.Patience;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The one clock of a lab, its steps and their runs: Temporal's time, and all that steps have waited, which passes at once. */
final class SharedLabClock extends Clock implements ActivityHeartbeat.Starter {
    /** In which Temporal would end a try: its own clock stands while a step waits here. */
    private static final Duration LONGEST = Patience.STANDARD.rollback().oneTry();

    private final AtomicReference<Supplier<Instant>> temporals;
    private final AtomicReference<Duration> waited = new AtomicReference<>(Duration.ZERO);

    /** It stands still until it goes with Temporal's. */
    SharedLabClock() {
        Instant start = Clock.systemUTC().instant();
        temporals = new AtomicReference<>(() -> start);
    }

    void goesWith(Supplier<Instant> temporal) {
        temporals.set(temporal);
    }

    void standsStill() {
        Instant end = temporals.get().get();
        temporals.set(() -> end);
    }

    void passes(Duration time) {
        waited.accumulateAndGet(time, Duration::plus);
    }

    @Override
    public Instant instant() {
        return temporals.get().get().plus(waited.get());
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public ActivityHeartbeat start() {
        ActivityHeartbeat real = ActivityHeartbeat.startUntilClosed();
        Instant end = instant().plus(LONGEST);
        return new ActivityHeartbeat() {
            @Override
            public void pause(Duration time) {
                ActivityHeartbeat.throwIfCancelled();
                if (instant().isAfter(end)) {
                    throw TypedFailures.of(FailureType.CLOUD_BUSY, "After %s still not done.".formatted(LONGEST));
                }
                passes(time);
            }

            @Override
            public void remember(Instant instant) {
                real.remember(instant);
            }

            @Override
            public Optional<Instant> remembered() {
                return real.remembered();
            }

            @Override
            public boolean isRetry() {
                return real.isRetry();
            }

            @Override
            public void close() {
                real.close();
            }
        };
    }
}
