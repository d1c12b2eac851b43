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
     * Converts the failure to connect. Refused, reset, unanswered and closed connections are normal while a node boots. A
     * rejected key of the worker has a type of its own, since cloud-init stores the key before sshd starts. A wrong host key
     * is never normal.
     */
    static ApplicationFailure connecting(Node node, JSchException thrown) {
        if (foreign(thrown)) {
            return TypedFailures.of(
                    FailureType.HOST_IDENTITY,
                    "%s: the host at %s does not prove to be this node: %s; expected a certificate of the authority for '%s'"
                            .formatted(node.name(), node.privateAddress(), message(thrown), node.name()));
        }
        if (message(thrown).startsWith("Auth ")) {
            return TypedFailures.of(
                    FailureType.LOGIN_REFUSED,
                    "%s answers at %s and refuses the workers' key for root: %s"
                            .formatted(node.name(), node.privateAddress(), message(thrown)));
        }
        return TypedFailures.of(
                FailureType.NODE_UNREACHABLE,
                "%s does not answer on %s port 22: %s".formatted(node.name(), node.privateAddress(), message(thrown)));
    }

    private static boolean foreign(JSchException thrown) {
        if (thrown instanceof JSchAlgoNegoFailException negotiation) {
            return negotiation.getAlgorithmName().contains("host_key");
        }
        return thrown instanceof JSchHostKeyException;
    }

    static ApplicationFailure noSession(Node node, RemoteExecution.ChannelRefusedException refused) {
        return TypedFailures.of(
                FailureType.LOGIN_REFUSED,
                "%s at %s accepts the workers' key and grants no session (%s): expected at least 1, see MaxSessions in its sshd_config"
                        .formatted(node.name(), node.privateAddress(), refused.getMessage()));
    }

    static ApplicationFailure overLimit(Node node, Duration limit) {
        return TypedFailures.of(
                FailureType.NODE_UNREACHABLE,
                "%s at %s did not finish a command within %d s; its connection is not used again"
                        .formatted(node.name(), node.privateAddress(), Math.max(1, limit.toSeconds())));
    }

    static ApplicationFailure lost(Node node) {
        return TypedFailures.of(
                FailureType.COMMAND_LOST,
                "The connection to %s at %s broke while a command ran; its outcome is unknown"
                        .formatted(node.name(), node.privateAddress()));
    }

    private static String message(JSchException thrown) {
        String text = RemoteText.clean(String.valueOf(thrown.getMessage()))
                .replace('\n', ' ')
                .strip();
        return text.length() > 200 ? text.substring(0, 200) : text;
    }
}
