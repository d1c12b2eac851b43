package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import io.grpc.Status;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;

/** Translates exceptions of Temporal's client into sentences for the operator. */
final class TemporalErrors {
    private TemporalErrors() {}

    /** Returns an exception with a sentence and an exit code; returns a programming error of Sluice unchanged. */
    public static RuntimeException translate(RuntimeException thrown, String address, String namespace) {
        if (thrown instanceof CliException || thrown instanceof WorkflowExecutionAlreadyStarted) {
            // The second one names the holder of a lock, which the caller reports.
            return thrown;
        }
        if (thrown instanceof WorkflowNotFoundException missing) {
            return new CliException(
                    ExitCode.USAGE,
                    "Temporal has no open run %s in namespace %s.  List the runs: %s"
                            .formatted(missing.getExecution().getWorkflowId(), namespace, CommandHints.list()),
                    thrown);
        }
        Status status = status(thrown);
        return status == null ? thrown : toException(status, thrown, address, namespace);
    }

    private static RuntimeException toException(
            Status status, RuntimeException thrown, String address, String namespace) {
        String detail = status.getDescription() == null
                ? ""
                : ": " + status.getDescription().replaceAll("\\.$", "");
        return switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED ->
                new CliException(
                        ExitCode.UNREACHABLE,
                        "Temporal does not answer at %s (namespace %s)%s.  More: %s"
                                .formatted(address, namespace, reason(status), CommandHints.doctor()),
                        thrown);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new CliException(
                        ExitCode.DENIED,
                        "Temporal at %s refuses these credentials in namespace %s%s.  See TEMPORAL_API_KEY and TEMPORAL_TLS_*."
                                .formatted(address, namespace, detail),
                        thrown);
            case NOT_FOUND ->
                new CliException(
                        detail.contains("amespace") ? ExitCode.UNREACHABLE : ExitCode.USAGE,
                        "Temporal at %s reports for namespace %s%s.".formatted(address, namespace, detail),
                        thrown);
            case INVALID_ARGUMENT ->
                detail.contains("search attribute")
                        ? new CliException(
                                ExitCode.WAITING,
                                "Namespace %s at %s lacks Sluice's search attributes, which the first worker registers (Temporal reports%s).%nStart one: ./sluice worker     More: %s"
                                        .formatted(namespace, address, detail, CommandHints.doctor()),
                                thrown)
                        : new CliException(ExitCode.USAGE, "Temporal refuses the request%s.".formatted(detail), thrown);
            default ->
                new CliException(
                        ExitCode.UNREACHABLE,
                        "Temporal at %s (namespace %s) answers %s%s."
                                .formatted(address, namespace, status.getCode(), detail),
                        thrown);
        };
    }

    private static String reason(Status status) {
        Throwable cause = status.getCause();
        if (status.getCode() != Status.Code.UNAVAILABLE || cause == null || cause.getMessage() == null) {
            return "";
        }
        return ": " + cause.getMessage();
    }

    static @org.jspecify.annotations.Nullable Status status(Throwable thrown) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof io.grpc.StatusRuntimeException answer) {
                return answer.getStatus();
            }
        }
        return null;
    }
}
