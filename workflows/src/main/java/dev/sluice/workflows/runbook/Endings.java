package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run throws at its end: the sentence on top, the report in it, what it came from below. */
final class Endings {
    private Endings() {}

    /** A typed failure; for a run that was cancelled it counts in tests only, since the SDK ends any such run CANCELED. */
    static TemporalFailure of(
            Reason reason, Optional<FailureType> type, String sentence, Object report, TemporalFailure cause) {
        if (reason.cancelled() && type.isEmpty()) {
            return new CanceledFailure(sentence, report);
        }
        return failure(type, sentence, report, cause);
    }

    /** A failure with the sentence on top. One without a type of ours was cancelled by somebody. */
    static ApplicationFailure failure(
            Optional<FailureType> type, String sentence, Object report, @Nullable TemporalFailure cause) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setMessage(sentence)
                .setType(type.map(FailureType::name).orElse("CANCELLED"))
                .setNonRetryable(true)
                .setDetails(report);
        if (cause != null) {
            failure.setCause(cause);
        }
        ApplicationFailure ended = failure.build();
        // Temporal's Web UI prints it between the sentence and the report, and it says only where this line stands.
        ended.setStackTrace(new StackTraceElement[0]);
        return ended;
    }
}
