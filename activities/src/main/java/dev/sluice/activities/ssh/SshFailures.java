package dev.sluice.activities.ssh;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchHostKeyException;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/** Distinguishes a foreign host from a node that still boots, and formats both failures. */
final class SshFailures {
    private SshFailures() {}

    /**
     * Converts the failure to connect. Refused, reset, unanswered and closed connections, and a rejected key of the
     * worker, are normal while a node boots; a wrong host key never is.
     */
    static ApplicationFailure connecting(Node node, JSchException thrown) {
        if (foreign(thrown)) {
            return TypedFailures.of(
                    FailureType.HOST_IDENTITY,
                    "%s: the host at %s does not prove to be this node: %s; expected a certificate of the authority for '%s'"
                            .formatted(node.name(), node.privateAddress(), message(thrown), node.name()),
                    thrown);
        }
        return TypedFailures.of(
                FailureType.NODE_UNREACHABLE,
                "%s does not answer on %s port 22: %s".formatted(node.name(), node.privateAddress(), message(thrown)),
                thrown);
    }

    private static boolean foreign(JSchException thrown) {
        if (thrown instanceof JSchAlgoNegoFailException negotiation) {
            return negotiation.getAlgorithmName().contains("host_key");
        }
        return thrown instanceof JSchHostKeyException;
    }

    static ApplicationFailure overLimit(Node node, Duration limit) {
        return TypedFailures.of(
                FailureType.NODE_UNREACHABLE,
                "%s at %s did not finish a command within %d s; its connection was closed"
                        .formatted(node.name(), node.privateAddress(), Math.max(1, limit.toSeconds())));
    }

    static ApplicationFailure lost(Node node) {
        return TypedFailures.of(
                FailureType.COMMAND_LOST,
                "The connection to %s at %s broke while a command ran; its outcome is unknown"
                        .formatted(node.name(), node.privateAddress()));
    }

    private static String message(JSchException thrown) {
        String text = String.valueOf(thrown.getMessage()).replace('\n', ' ').strip();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
