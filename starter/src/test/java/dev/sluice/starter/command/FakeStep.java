package dev.sluice.starter.command;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.FailureType;
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
    final class Once implements FakeStep {
        @Override
        public void tryIt() {
            if (Activity.getExecutionContext().getInfo().getAttempt() == 1) {
                throw Failures.busy(
                        FailureType.CLOUD_BUSY, "DigitalOcean asks to wait for 4 s.", Duration.ofSeconds(4));
            }
        }
    }
}
