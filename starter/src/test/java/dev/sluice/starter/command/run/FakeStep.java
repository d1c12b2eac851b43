package dev.sluice.starter.command.run;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.activity.Activity;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import java.time.Duration;

/** Work that DigitalOcean lets wait once. */
@ActivityInterface
public interface FakeStep {
    ActivityOptions OPTIONS = ActivityOptions.newBuilder()
            .setStartToCloseTimeout(Duration.ofSeconds(10))
            .build();

    void tryIt();

    /** Fails the first time. */
    final class FailsOnce implements FakeStep {
        @Override
        public void tryIt() {
            if (Activity.getExecutionContext().getInfo().getAttempt() == 1) {
                throw TypedFailures.retryableAfter(
                        FailureType.CLOUD_BUSY, "DigitalOcean asks to wait for 4 s.", Duration.ofSeconds(4));
            }
        }
    }
}
