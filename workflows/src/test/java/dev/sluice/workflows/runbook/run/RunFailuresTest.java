package dev.sluice.workflows.runbook.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunFailuresTest {
    @Test
    void failureHasItsSentenceAndOnlyItsCauseHasATrace() {
        ApplicationFailure cause = ApplicationFailure.newFailure("503", "CLOUD_BUSY");

        ApplicationFailure ended =
                RunFailures.failure(Optional.of(FailureType.CLOUD_BUSY), "Nothing was changed.", "report", cause);

        assertThat(ended.getOriginalMessage()).isEqualTo("Nothing was changed.");
        assertThat(ended.getStackTrace()).isEmpty();
        assertThat(ended.getCause()).isSameAs(cause);
        assertThat(cause.getStackTrace()).isNotEmpty();
    }
}
