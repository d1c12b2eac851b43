package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a run throws at its end: the sentence on top, the report in it, what it came from below. */
public final class RunFailures {
    private RunFailures() {}

    /** A typed failure; for a run that was cancelled it counts in tests only, since the SDK ends any such run CANCELED. */
    public static TemporalFailure of(
            EndReason reason, Optional<FailureType> type, String sentence, Object report, TemporalFailure cause) {
        if (reason.isCancelled() && type.isEmpty()) {
            return new CanceledFailure(sentence, report);
        }
        return failure(type, sentence, report, cause);
    }

    /** A failure with the sentence on top. One without a type of ours was cancelled by somebody. */
    public static ApplicationFailure failure(
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
