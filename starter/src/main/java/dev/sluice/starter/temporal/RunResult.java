package dev.sluice.starter.temporal;

import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowFailedException;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.Values;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.util.Optional;

/**
 * The result of a closed execution.
 *
 * @param report the final one, if the run left one
 * @param sentence the reason of its failure; empty if it succeeded
 * @param isEndedFromOutside whether it was terminated, which a reset does too, or timed out
 */
public record RunResult<R>(Optional<R> report, int exitCode, String sentence, boolean isEndedFromOutside) {
    static <R> RunResult<R> of(R result) {
        return new RunResult<>(Optional.of(result), ExitCode.DONE, "", false);
    }

    static <R> RunResult<R> of(WorkflowFailedException failed, Class<R> type) {
        return new RunResult<>(report(failed, type), code(failed), sentence(failed), endedFromOutside(failed));
    }

    private static int code(WorkflowFailedException failed) {
        if (endedFromOutside(failed)) {
            return ExitCode.NOT_RESTORED;
        }
        return TypedFailures.findTyped(failed)
                .flatMap(TypedFailures::typeOf)
                .map(FailureType::exitCode)
                .orElse(ExitCode.RESTORED);
    }

    /** Returns whether the run was ended from outside, so that nothing was rolled back. */
    private static boolean endedFromOutside(WorkflowFailedException failed) {
        EventType event = failed.getWorkflowCloseEventType();
        return event == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED
                || event == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TIMED_OUT;
    }

    private static String sentence(WorkflowFailedException failed) {
        if (endedFromOutside(failed)) {
            return "the run was ended from outside (%s), so nothing was rolled back"
                    .formatted(
                            failed.getWorkflowCloseEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_TERMINATED
                                    ? "terminated"
                                    : "timed out");
        }
        return failed.getCause() instanceof CanceledFailure
                ? "the run was cancelled"
                : TypedFailures.sentenceOf(failed);
    }

    private static <R> Optional<R> report(Throwable thrown, Class<R> type) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            Optional<R> found = at instanceof ApplicationFailure failure
                    ? report(failure.getDetails(), type)
                    : at instanceof CanceledFailure cancelled ? report(cancelled.getDetails(), type) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static <R> Optional<R> report(Values details, Class<R> type) {
        try {
            return details.getSize() == 0 ? Optional.empty() : Optional.ofNullable(details.get(0, type));
        } catch (DataConverterException anotherKind) {
            return Optional.empty();
        }
    }
}
