package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** Retries a call to a node that still boots, while it fails in an expected way and the limit has not passed. */
final class RetryUntilReachable {
    private static final Duration PAUSE = Duration.ofMillis(60);

    private final Poll poll;
    private final List<String> expected;

    private RetryUntilReachable(Poll poll, List<String> expected) {
        this.poll = poll;
        this.expected = expected;
    }

    static RetryUntilReachable of(ActivityHeartbeat heartbeat, Duration limit, FailureType... expected) {
        Poll poll = Poll.every(() -> PAUSE, pause -> {
            heartbeat.beatFor(pause.plus(ActivityHeartbeat.EVERY));
            heartbeat.pause(pause);
        });
        return new RetryUntilReachable(
                poll.until(limit),
                List.of(expected).stream().map(FailureType::name).toList());
    }

    /** Returns the first answer; throws the last failure. */
    <T> T await(Supplier<T> call) {
        return poll.retry(
                call, failure -> failure instanceof ApplicationFailure typed && expected.contains(typed.getType()));
    }
}
