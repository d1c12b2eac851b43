package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request to DigitalOcean failed; the message is data for the operator, without a full stop. */
public final class CloudApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the failure means for the caller. */
    public enum FailureKind {
        /** No resource has that ID or name. */
        ABSENT,
        DENIED,
        REFUSED,
        QUOTA,
        /** Another action of the droplet is in progress. */
        PENDING,
        /** The rate limit is reached. */
        BUSY,
        /** A read without an answer. */
        SILENT,
        /** A change whose outcome is unknown. */
        UNCLEAR
    }

    private final FailureKind kind;
    private final @Nullable Duration wait;

    public CloudApiException(FailureKind kind, String sentence, @Nullable Duration wait, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.wait = wait;
    }

    public FailureKind kind() {
        return kind;
    }

    /** Whether DigitalOcean refused: the request had and will have no effect. */
    public boolean isRefusal() {
        return switch (kind) {
            case ABSENT, DENIED, REFUSED, QUOTA -> true;
            case PENDING, BUSY, SILENT, UNCLEAR -> false;
        };
    }

    /** The wait that DigitalOcean asks for, if any. */
    public Optional<Duration> waitingTime() {
        return Optional.ofNullable(wait);
    }

    /** Runs the step and converts its failure to the typed failure of an activity. */
    public static <T> T typed(Supplier<T> step) {
        try {
            return step.get();
        } catch (CloudApiException failure) {
            throw failure.toApplicationFailure();
        }
    }

    /** Converts to the typed failure of an activity. */
    public ApplicationFailure toApplicationFailure() {
        String sentence = String.valueOf(getMessage());
        return switch (kind) {
            case DENIED -> TypedFailures.of(FailureType.CLOUD_DENIED, sentence, this);
            case ABSENT, REFUSED -> TypedFailures.of(FailureType.CLOUD_REFUSED, sentence, this);
            case QUOTA -> TypedFailures.of(FailureType.QUOTA_REACHED, sentence, this);
            case UNCLEAR -> TypedFailures.of(FailureType.CLOUD_UNCLEAR, sentence, this);
            case PENDING, SILENT -> TypedFailures.of(FailureType.CLOUD_BUSY, sentence, this);
            case BUSY ->
                TypedFailures.retryableAfter(
                        FailureType.CLOUD_BUSY, sentence, waitingTime().orElse(Duration.ofSeconds(5)));
        };
    }
}
