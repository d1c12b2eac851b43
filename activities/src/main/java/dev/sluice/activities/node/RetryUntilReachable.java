package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a node that is still on its way: asks again at once, for a while, when it fails in an expected way. */
final class RetryUntilReachable {
    private static final Duration PAUSE = Duration.ofMillis(60);

    private final ActivityHeartbeat beats;
    private final long deadline;
    private final List<String> expected;

    private RetryUntilReachable(ActivityHeartbeat beats, long deadline, List<String> expected) {
        this.beats = beats;
        this.deadline = deadline;
        this.expected = expected;
    }

    static RetryUntilReachable of(ActivityHeartbeat beats, Duration limit, FailureType... expected) {
        List<String> types = List.of(expected).stream().map(FailureType::name).toList();
        return new RetryUntilReachable(beats, System.nanoTime() + limit.toNanos(), types);
    }

    /** The first answer; fails with what the last try failed with. */
    <T> T await(Supplier<T> asked) {
        while (true) {
            try {
                return asked.get();
            } catch (ApplicationFailure failure) {
                if (!expected.contains(failure.getType()) || System.nanoTime() > deadline) {
                    throw failure;
                }
                beats.beatFor(PAUSE.plusSeconds(1));
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }
}
