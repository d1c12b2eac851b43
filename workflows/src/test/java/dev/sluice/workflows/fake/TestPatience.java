package dev.sluice.workflows.fake;

import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
import java.time.Duration;
import java.util.Optional;

/** The limits of runbooks in tests. */
public final class TestPatience {
    /** For the time-skipping server: short, but long enough for two busy cores. */
    public static final Patience IMPATIENT = new Patience(
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            3,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));

    /** For a real server, which skips no time: waits are short, and steps heartbeat so that they receive a cancel. */
    static final Patience IN_REAL_TIME = new Patience(
            answering(),
            answering(),
            beating(),
            beating(),
            beating(),
            beating(),
            beating(),
            Duration.ofSeconds(20),
            Duration.ofMillis(20),
            3,
            Duration.ofSeconds(60),
            Duration.ofMillis(100));

    private TestPatience() {}

    private static ActivityLimits quick() {
        return new ActivityLimits(Duration.ofMillis(200), Optional.empty(), Duration.ofSeconds(30), 3);
    }

    private static ActivityLimits answering() {
        return new ActivityLimits(Duration.ofSeconds(5), Optional.empty(), Duration.ofSeconds(20), 2);
    }

    private static ActivityLimits beating() {
        return new ActivityLimits(
                Duration.ofSeconds(10), Optional.of(Duration.ofSeconds(5)), Duration.ofSeconds(20), 2);
    }
}
