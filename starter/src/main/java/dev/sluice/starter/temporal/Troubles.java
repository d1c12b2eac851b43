package dev.sluice.starter.temporal;

import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import io.grpc.Status;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowNotFoundException;

/** Turns what Temporal's client throws into sentences. */
public final class Troubles {
    private Troubles() {}

    /** The sentence and exit code for it; a programming error of ours stays what it is. */
    public static RuntimeException of(RuntimeException thrown, String address, String namespace) {
        if (thrown instanceof Trouble || thrown instanceof WorkflowExecutionAlreadyStarted) {
            // The second says who holds a lock: its caller knows what that means.
            return thrown;
        }
        if (thrown instanceof WorkflowNotFoundException missing) {
            return new Trouble(
                    ExitCode.USAGE,
                    "Temporal knows no open run %s in namespace %s.  See what there is: %s"
                            .formatted(missing.getExecution().getWorkflowId(), namespace, Hints.list()),
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
                new Trouble(
                        ExitCode.UNREACHABLE,
                        "Temporal does not answer at %s (namespace %s)%s.  More: %s"
                                .formatted(address, namespace, reason(status), Hints.doctor()),
                        thrown);
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                new Trouble(
                        ExitCode.DENIED,
                        "Temporal at %s refuses these credentials in namespace %s%s.  See TEMPORAL_API_KEY and TEMPORAL_TLS_*."
                                .formatted(address, namespace, said),
                        thrown);
            case NOT_FOUND ->
                new Trouble(
                        said.contains("amespace") ? ExitCode.UNREACHABLE : ExitCode.USAGE,
                        "Temporal at %s says for namespace %s%s.".formatted(address, namespace, said),
                        thrown);
            case INVALID_ARGUMENT ->
                said.contains("search attribute")
                        ? new Trouble(
                                ExitCode.WAITING,
                                "No worker was ever started for namespace %s at %s: the first one registers what Sluice needs (Temporal says%s).%nStart one: ./sluice worker     More: %s"
                                        .formatted(namespace, address, said, Hints.doctor()),
                                thrown)
                        : new Trouble(ExitCode.USAGE, "Temporal refuses the request%s.".formatted(said), thrown);
            default ->
                new Trouble(
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
