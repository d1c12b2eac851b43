package dev.sluice.workflows.fake;

import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
import java.time.Duration;
import java.util.Optional;

/** How long the runbooks of tests wait for what the fakes do. */
public final class TestPatience {
    /** Where time is skipped: short, but long enough for two busy cores. */
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

    /** On a real server time is not skipped: its waits are short, its steps beat, so that a cancel reaches them. */
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
