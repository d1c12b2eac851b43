package dev.sluice.starter.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.CliException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowServiceException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemporalErrorsTest {
    private static final WorkflowExecution RUN =
            WorkflowExecution.newBuilder().setWorkflowId("change/hello/app").build();

    private static RuntimeException translated(RuntimeException thrown) {
        return TemporalErrors.translate(thrown, "192.0.2.7:7233", "production");
    }

    private static CliException cliException(Status status) {
        RuntimeException translated = translated(new StatusRuntimeException(status));
        assertThat(translated).isInstanceOf(CliException.class).hasCauseInstanceOf(StatusRuntimeException.class);
        return (CliException) translated;
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE,9",
        "DEADLINE_EXCEEDED,9",
        "CANCELLED,9",
        "UNAUTHENTICATED,4",
        "PERMISSION_DENIED,4",
        "NOT_FOUND,2",
        "INVALID_ARGUMENT,2",
        "INTERNAL,9",
        "RESOURCE_EXHAUSTED,9",
        "UNIMPLEMENTED,9"
    })
    void givesEachStatusItsExitCode(Status.Code code, int exit) {
        assertThat(cliException(code.toStatus().withDescription("measured 3")).exitCode())
                .isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource({"UNAVAILABLE", "PERMISSION_DENIED", "INTERNAL", "NOT_FOUND"})
    void namesAddressAndNamespace(Status.Code code) {
        assertThat(cliException(code.toStatus()).sentence()).contains("192.0.2.7:7233", "production");
    }

    @Test
    void namesTheReasonForAConnectionThatFailed() {
        Status refused = Status.UNAVAILABLE
                .withDescription("io exception")
                .withCause(new IOException("Connection refused: /192.0.2.7:7233"));

        assertThat(cliException(refused).sentence())
                .contains("Connection refused")
                .doesNotContain("io exception");
    }

    @Test
    void treatsAnUnknownNamespaceAsUnreachable() {
        Status unknown = Status.NOT_FOUND.withDescription("Namespace production is not found.");

        CliException exception = cliException(unknown);

        assertThat(exception.exitCode()).isEqualTo(9);
        assertThat(exception.sentence())
                .contains("Namespace production is not found")
                .doesNotContain("..");
    }

    @Test
    void expectsAWorkerToRegisterMissingSearchAttributes() {
        Status missing = Status.INVALID_ARGUMENT.withDescription("search attribute SluiceRole is not defined");

        CliException exception = cliException(missing);

        assertThat(exception.exitCode()).isEqualTo(6);
        assertThat(exception.sentence()).contains("SluiceRole", "./sluice worker");
    }

    @Test
    void findsTheStatusInsideOfWhatTheClientThrows() {
        RuntimeException wrapped =
                new WorkflowServiceException(RUN, "ChangeRole", new StatusRuntimeException(Status.PERMISSION_DENIED));

        assertThat(translated(wrapped))
                .isInstanceOfSatisfying(
                        CliException.class,
                        exception -> assertThat(exception.exitCode()).isEqualTo(4));
        assertThat(TemporalErrors.status(wrapped)).isEqualTo(Status.PERMISSION_DENIED);
    }

    @Test
    void namesARunThatDoesNotExist() {
        RuntimeException missing =
                new WorkflowNotFoundException(RUN, "ChangeRole", new StatusRuntimeException(Status.NOT_FOUND));

        assertThat(translated(missing)).isInstanceOfSatisfying(CliException.class, exception -> {
            assertThat(exception.exitCode()).isEqualTo(2);
            assertThat(exception.sentence()).contains("change/hello/app", "production", "sluice list");
        });
    }

    @Test
    void leavesOtherExceptionsAsTheyAre() {
        RuntimeException bug = new IllegalStateException("a bug");
        RuntimeException lock = new WorkflowExecutionAlreadyStarted(RUN, "ChangeRole", null);
        RuntimeException known = new CliException(5, "Refused");

        assertThat(translated(bug)).isSameAs(bug);
        assertThat(translated(lock)).isSameAs(lock);
        assertThat(translated(known)).isSameAs(known);
        assertThat(TemporalErrors.status(bug)).isNull();
    }
}
