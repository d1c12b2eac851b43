package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingsTest {
    @Test
    void aRunEndsWithItsSentenceAndTheTraceIsOnlyInWhatItCameFrom() {
        ApplicationFailure cause = ApplicationFailure.newFailure("503", "CLOUD_BUSY");

        ApplicationFailure ended =
                Endings.failure(Optional.of(FailureType.CLOUD_BUSY), "Nothing was changed.", "report", cause);

        assertThat(ended.getOriginalMessage()).isEqualTo("Nothing was changed.");
        assertThat(ended.getStackTrace()).isEmpty();
        assertThat(ended.getCause()).isSameAs(cause);
        assertThat(cause.getStackTrace()).isNotEmpty();
    }
}
