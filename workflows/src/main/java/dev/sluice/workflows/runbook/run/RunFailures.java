package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the failure that a run throws at its end: sentence, report and cause. */
public final class RunFailures {
    private RunFailures() {}

    public static TemporalFailure of(
            EndReason reason, Optional<FailureType> type, String sentence, Object report, TemporalFailure cause) {
        if (reason.isCancelled() && type.isEmpty()) {
            return new CanceledFailure(sentence, report);
        }
        return failure(type, sentence, report, cause);
    }

    /** Returns a failure with the sentence. Without a type the run was cancelled. */
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
        // Temporal's Web UI prints a stack trace between the sentence and the report, and it would only name this line.
        ended.setStackTrace(new StackTraceElement[0]);
        return ended;
    }
}
