package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes and reads the failures of steps: a {@link FailureType} and a sentence. */
public final class TypedFailures {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private TypedFailures() {}

    /** Returns a failure of that type; the type decides whether Temporal retries. */
    public static ApplicationFailure of(FailureType type, String sentence) {
        return of(type, sentence, null);
    }

    /** Returns a failure of that type with its cause. */
    public static ApplicationFailure of(FailureType type, String sentence, @Nullable Throwable cause) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setMessage(sentence)
                .setType(type.name())
                .setNonRetryable(!type.isRetryable());
        if (cause != null) {
            failure.setCause(cause);
        }
        return failure.build();
    }

    /** Returns the failure with details for the calling run. */
    public static ApplicationFailure withDetails(Object details, ApplicationFailure failure) {
        ApplicationFailure.Builder detailed = ApplicationFailure.newBuilder()
                .setMessage(failure.getOriginalMessage())
                .setType(failure.getType())
                .setNonRetryable(failure.isNonRetryable())
                .setDetails(details);
        if (failure.getCause() != null) {
            detailed.setCause(failure.getCause());
        }
        return detailed.build();
    }

    /**
     * Returns a failure that Temporal retries after the given wait, at least a tenth of a second: Temporal's server
     * 1.32 times the step out for a wait below a millisecond.
     */
    public static ApplicationFailure retryableAfter(FailureType type, String sentence, Duration wait) {
        return ApplicationFailure.newBuilder()
                .setMessage(sentence)
                .setType(type.name())
                .setNextRetryDelay(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait)
                .build();
    }

    /** Returns the typed failure inside what an activity, a child or a workflow threw, if there is one. */
    public static Optional<ApplicationFailure> findTyped(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ApplicationFailure failure && typeOf(failure).isPresent()) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    public static Optional<FailureType> typeOf(ApplicationFailure failure) {
        for (FailureType type : FailureType.values()) {
            if (type.name().equals(failure.getType())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns the sentence for the operator: the typed failure's, else the innermost cause's. */
    public static String sentenceOf(Throwable thrown) {
        return findTyped(thrown).map(ApplicationFailure::getOriginalMessage).orElseGet(() -> innermost(thrown));
    }

    private static String innermost(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String step = thrown instanceof ActivityFailure failure ? failure.getActivityType() + ": " : "";
        // Temporal's own message names classes; the operator reads the original message.
        return step + (at instanceof TemporalFailure failure ? failure.getOriginalMessage() : at.getMessage());
    }
}
