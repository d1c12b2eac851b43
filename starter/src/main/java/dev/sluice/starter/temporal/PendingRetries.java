package dev.sluice.starter.temporal;

import com.google.protobuf.Timestamp;
import dev.sluice.starter.run.PendingRetry;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.enums.v1.TimeoutType;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads pending retries from Temporal: a report contains them only once the step has ended. */
final class PendingRetries {
    private PendingRetries() {}

    /** Returns the activity that somebody paused, else the retry with the most attempts. */
    static Optional<PendingRetry> findMostTried(List<PendingActivityInfo> pending) {
        return pending.stream()
                .filter(PendingActivityInfo::getPaused)
                .findFirst()
                .map(paused -> new PendingRetry(paused.getAttempt(), Optional.empty(), pausedBy(paused)))
                .or(() -> findMostFailed(pending));
    }

    private static String pausedBy(PendingActivityInfo paused) {
        PendingActivityInfo.PauseInfo.Manual manual = paused.getPauseInfo().getManual();
        String by = manual.getIdentity().isBlank() ? "an operator" : manual.getIdentity();
        String reason = manual.getReason().isBlank() ? "" : ": " + manual.getReason();
        return "paused in Temporal by %s%s; unpause it there, or cancel the run".formatted(by, reason);
    }

    private static Optional<PendingRetry> findMostFailed(List<PendingActivityInfo> pending) {
        return pending.stream()
                .filter(activity -> activity.getAttempt() > 1 && activity.hasLastFailure())
                .max(Comparator.comparingInt(PendingActivityInfo::getAttempt))
                .map(activity ->
                        new PendingRetry(activity.getAttempt(), next(activity), why(activity.getLastFailure())));
    }

    private static Optional<Instant> next(PendingActivityInfo activity) {
        if (activity.getState() != PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
                || !activity.hasScheduledTime()) {
            return Optional.empty();
        }
        Timestamp time = activity.getScheduledTime();
        return Optional.of(Instant.ofEpochSecond(time.getSeconds(), time.getNanos()));
    }

    private static String why(Failure failure) {
        if (!failure.hasTimeoutFailureInfo()) {
            return failure.getMessage();
        }
        return failure.getTimeoutFailureInfo().getTimeoutType() == TimeoutType.TIMEOUT_TYPE_HEARTBEAT
                ? "its worker sent no heartbeat in time"
                : "it timed out";
    }
}
