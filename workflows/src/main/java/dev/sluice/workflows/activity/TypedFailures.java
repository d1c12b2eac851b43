package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The one way in which steps fail: a {@link FailureType} and a sentence. */
public final class TypedFailures {
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(100);

    private TypedFailures() {}

    /** A failure of that type; Temporal tries again if the type says so. */
    public static ApplicationFailure of(FailureType type, String sentence) {
        return of(type, sentence, null);
    }

    /** The same, with what it came from. */
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

    /** The same failure with details for the run that asked. */
    public static ApplicationFailure withDetails(Object details, ApplicationFailure failure) {
        ApplicationFailure.Builder told = ApplicationFailure.newBuilder()
                .setMessage(failure.getOriginalMessage())
                .setType(failure.getType())
                .setNonRetryable(failure.isNonRetryable())
                .setDetails(details);
        if (failure.getCause() != null) {
            told.setCause(failure.getCause());
        }
        return told.build();
    }

    /**
     * A failure that is tried again after a wait that the other side named, at least a tenth of a second: of one below a
     * millisecond, Temporal's server 1.32 says that the step's time is over.
     */
    public static ApplicationFailure retryableAfter(FailureType type, String sentence, Duration wait) {
        return ApplicationFailure.newBuilder()
                .setMessage(sentence)
                .setType(type.name())
                .setNextRetryDelay(wait.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : wait)
                .build();
    }

    /** The typed failure inside what an activity, a child or a workflow threw, if there is one. */
    public static Optional<ApplicationFailure> findTyped(@Nullable Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ApplicationFailure failure && typeOf(failure).isPresent()) {
                return Optional.of(failure);
            }
        }
        return Optional.empty();
    }

    /** Its type, if it is one of ours. */
    public static Optional<FailureType> typeOf(ApplicationFailure failure) {
        for (FailureType type : FailureType.values()) {
            if (type.name().equals(failure.getType())) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The sentence for the operator: of the typed failure inside, else of the innermost cause. */
    public static String sentenceOf(Throwable thrown) {
        return findTyped(thrown).map(ApplicationFailure::getOriginalMessage).orElseGet(() -> innermost(thrown));
    }

    private static String innermost(Throwable thrown) {
        Throwable at = thrown;
        while (at.getCause() != null) {
            at = at.getCause();
        }
        String step = thrown instanceof ActivityFailure failure ? failure.getActivityType() + ": " : "";
        // Temporal's own message names classes; a person reads the words that were thrown.
        return step + (at instanceof TemporalFailure failure ? failure.getOriginalMessage() : at.getMessage());
    }
}
