package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.TemplateCleanUp;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Cleans a baked machine up, between two further logins: the first with sshd as the recipe configured it, since nodes of the
 * template have the same sshd; the second after the clean-up, since the snapshot's step still needs the machine.
 */
final class TemplatePreparation {
    private static final String SCRIPT = NodeScripts.read("clean-up.sh");
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Duration LOGIN = Duration.ofSeconds(10);
    /** sshd starts itself anew when it is told to reload. */
    private static final Duration RELOAD = Duration.ofSeconds(5);

    private final NodeShells shells;

    TemplatePreparation(NodeShells shells) {
        this.shells = shells;
    }

    void cleanUp(Node node) {
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            run(node, beats, RemoteCommand.script(SCRIPT, "reload"), "reloaded");
            logInAgain(node, beats, "with sshd as the recipe left it");
            run(node, beats, cleanCommand(), "clean");
            logInAgain(node, beats, "after the clean-up");
        }
    }

    static RemoteCommand cleanCommand() {
        List<String> words = new ArrayList<>(List.of("clean"));
        words.addAll(TemplateCleanUp.removedPatterns());
        return RemoteCommand.script(SCRIPT, words.toArray(String[]::new));
    }

    private void run(Node node, ActivityHeartbeat beats, RemoteCommand command, String expected) {
        CommandResult answer = shells.openAtFirstBoot(node).withHeartbeat(beats).run(command, LIMIT);
        if (!answer.succeeded() || !answer.out().contains(expected)) {
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: the clean-up exited with %d: %s"
                            .formatted(node.name(), answer.exit(), answer.err().strip()));
        }
    }

    private void logInAgain(Node node, ActivityHeartbeat beats, String when) {
        Shell anew = shells.reconnectAtFirstBoot(node).withHeartbeat(beats);
        try {
            RetryUntilReachable.of(beats, RELOAD, FailureType.NODE_UNREACHABLE)
                    .await(() -> anew.run(RemoteCommand.of("true"), LOGIN));
        } catch (ApplicationFailure failure) {
            if (!FailureType.LOGIN_REFUSED.name().equals(failure.getType())) {
                throw failure;
            }
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: a second login %s is refused, so that nobody could log in to a node of this template: %s; check PermitRootLogin, AllowUsers and AuthorizedKeysFile in /etc/ssh/sshd_config and sshd_config.d"
                            .formatted(node.name(), when, failure.getOriginalMessage()));
        }
    }
}
