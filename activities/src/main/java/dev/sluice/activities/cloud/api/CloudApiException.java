package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request to DigitalOcean that was not answered with what was asked for; the message is a sentence. */
public final class CloudApiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What it means for the one who asked. */
    public enum FailureKind {
        /** There is nothing of that id or name. */
        ABSENT,
        DENIED,
        REFUSED,
        QUOTA,
        /** The droplet has another event under way. */
        PENDING,
        /** Too many requests. */
        BUSY,
        /** A question without an answer. */
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

    /** Whether DigitalOcean said no: what was asked for has not been done and will not be. */
    public boolean isRefusal() {
        return switch (kind) {
            case ABSENT, DENIED, REFUSED, QUOTA -> true;
            case PENDING, BUSY, SILENT, UNCLEAR -> false;
        };
    }

    /** How long DigitalOcean asks to wait, if it says. */
    public Optional<Duration> waitingTime() {
        return Optional.ofNullable(wait);
    }

    /** The same as the steps of a runbook fail. */
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
