package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import io.grpc.Status;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;

/** Turns what Temporal's client throws into sentences. */
final class TemporalErrors {
    private TemporalErrors() {}

    /** The sentence and exit code for it; a programming error of ours stays what it is. */
    public static RuntimeException translate(RuntimeException thrown, String address, String namespace) {
        if (thrown instanceof CliException || thrown instanceof WorkflowExecutionAlreadyStarted) {
            // The second says who holds a lock: its caller knows what that means.
            return thrown;
        }
        if (thrown instanceof WorkflowNotFoundException missing) {
            return new CliException(
                    ExitCode.USAGE,
                    "Temporal knows no open run %s in namespace %s.  See what there is: %s"
                            .formatted(missing.getExecution().getWorkflowId(), namespace, CommandHints.list()),
                    thrown);
        }
        Status status = status(thrown);
        return status == null ? thrown : trouble(status, thrown, address, namespace);
    }

    private static RuntimeException trouble(Status status, RuntimeException thrown, String address, String namespace) {
        String said = status.getDescription() == null
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
                                .formatted(address, namespace, said),
                        thrown);
            case NOT_FOUND ->
                new CliException(
                        said.contains("amespace") ? ExitCode.UNREACHABLE : ExitCode.USAGE,
                        "Temporal at %s says for namespace %s%s.".formatted(address, namespace, said),
                        thrown);
            case INVALID_ARGUMENT ->
                said.contains("search attribute")
                        ? new CliException(
                                ExitCode.WAITING,
                                "No worker was ever started for namespace %s at %s: the first one registers what Sluice needs (Temporal says%s).%nStart one: ./sluice worker     More: %s"
                                        .formatted(namespace, address, said, CommandHints.doctor()),
                                thrown)
                        : new CliException(ExitCode.USAGE, "Temporal refuses the request%s.".formatted(said), thrown);
            default ->
                new CliException(
                        ExitCode.UNREACHABLE,
                        "Temporal at %s (namespace %s) answers %s%s."
                                .formatted(address, namespace, status.getCode(), said),
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
