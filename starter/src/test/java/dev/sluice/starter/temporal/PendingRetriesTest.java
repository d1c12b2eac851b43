package dev.sluice.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.sluice.starter.run.PendingRetry;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.failure.v1.TimeoutFailureInfo;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PendingRetriesTest {
    private static final Failure SILENT = timeout(TimeoutType.TIMEOUT_TYPE_HEARTBEAT);

    @Test
    void theFirstAttemptIsNoRetry() {
        assertThat(PendingRetries.findMostTried(List.of())).isEmpty();
        assertThat(PendingRetries.findMostTried(
                        List.of(PendingActivityInfo.newBuilder().setAttempt(1).build())))
                .isEmpty();
    }

    @Test
    void reportsTheRetryWithTheMostAttempts() {
        PendingActivityInfo second = failed(2, "once").build();
        PendingActivityInfo fifth = failed(5, "often").build();

        assertThat(PendingRetries.findMostTried(List.of(second, fifth, second)))
                .contains(new PendingRetry(5, Optional.empty(), "often"));
    }

    @Test
    void aWaitingRetryHasATimeAndAStartedOneHasNone() {
        Timestamp at =
                Timestamp.newBuilder().setSeconds(1_800_000_000).setNanos(5).build();
        PendingActivityInfo.Builder waits =
                failed(2, "no").setScheduledTime(at).setState(PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED);

        assertThat(PendingRetries.findMostTried(List.of(waits.build())).flatMap(PendingRetry::next))
                .contains(Instant.ofEpochSecond(1_800_000_000, 5));
        assertThat(PendingRetries.findMostTried(
                                List.of(waits.setState(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
                                        .build()))
                        .flatMap(PendingRetry::next))
                .isEmpty();
    }

    @Test
    void saysWhoPausedAStep() {
        PendingActivityInfo paused = PendingActivityInfo.newBuilder()
                .setAttempt(1)
                .setPaused(true)
                .setPauseInfo(PendingActivityInfo.PauseInfo.newBuilder()
                        .setManual(PendingActivityInfo.PauseInfo.Manual.newBuilder()
                                .setIdentity("ben@laptop")
                                .setReason("lunch")))
                .build();

        assertThat(PendingRetries.findMostTried(List.of(failed(5, "often").build(), paused)))
                .contains(new PendingRetry(
                        1,
                        Optional.empty(),
                        "paused in Temporal by ben@laptop: lunch; unpause it there, or cancel the run"));
    }

    @Test
    void describesADeadWorkerAndATimeout() {
        assertThat(why(SILENT)).isEqualTo("its worker sent no heartbeat in time");
        assertThat(why(timeout(TimeoutType.TIMEOUT_TYPE_START_TO_CLOSE))).isEqualTo("it timed out");
    }

    private static String why(Failure failure) {
        PendingActivityInfo tried = PendingActivityInfo.newBuilder()
                .setAttempt(2)
                .setLastFailure(failure)
                .build();
        return PendingRetries.findMostTried(List.of(tried)).orElseThrow().why();
    }

    private static PendingActivityInfo.Builder failed(int attempt, String message) {
        return PendingActivityInfo.newBuilder()
                .setAttempt(attempt)
                .setLastFailure(Failure.newBuilder().setMessage(message));
    }

    private static Failure timeout(TimeoutType type) {
        return Failure.newBuilder()
                .setMessage("activity Heartbeat timeout")
                .setTimeoutFailureInfo(TimeoutFailureInfo.newBuilder().setTimeoutType(type))
                .build();
    }
}
