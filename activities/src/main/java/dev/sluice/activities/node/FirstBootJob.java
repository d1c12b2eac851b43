package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.HostCertificateAuthority;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteJob;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.workflows.activity.NodeActivities.BootReport;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs first boot in three round trips: the job (identity, configuration, services, own key), the switch to the
 * certificate over the connection that the pin proved, and the removal of the old keys over one that only the certificate
 * proves. Each is idempotent and can be interrupted anywhere.
 */
final class FirstBootJob {
    static final Duration ARRIVAL = Duration.ofMinutes(2);
    /** The job waits five minutes for cloud-init and has three for itself. */
    private static final Duration JOB = Duration.ofMinutes(8);

    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration SWITCH = Duration.ofSeconds(5);

    private final NodeShells shells;
    private final HostCertificateAuthority authority;
    private final FileRenderer files;
    private final Clock clock;

    FirstBootJob(NodeShells shells, HostCertificateAuthority authority, FileRenderer files, Clock clock) {
        this.shells = shells;
        this.authority = authority;
        this.files = files;
        this.clock = clock;
    }

    BootReport run(FirstBootOrder order) {
        Node node = order.node();
        String payload = BootCommands.payload(node, files.render(order), order.services());
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            Shell first = shells.openAtFirstBoot(node).withHeartbeat(beats);
            RemoteJob job = new RemoteJob(first, BootCommands.job(payload));
            RetryUntilReachable reachable = RetryUntilReachable.of(beats, ARRIVAL, FailureType.NODE_UNREACHABLE);
            String output = new RefusedLogin(beats, clock)
                    .limit(() -> reachable.await(() -> job.finish(node, BootCommands.PROGRAM, payload, JOB)));
            requireSuccess(
                    node,
                    first.run(BootCommands.seal(node.name(), authority.sign(node.name(), key(node, output))), SHORT));
            verifyOwnKey(node, beats);
            return report(output);
        }
    }

    /**
     * Connects with the certificate and removes the old keys. The old sshd may still answer for a moment, so this is the
     * only place that retries a host without the certificate.
     */
    private void verifyOwnKey(Node node, ActivityHeartbeat beats) {
        Shell sealed = shells.open(node).withHeartbeat(beats);
        CommandResult settled = RetryUntilReachable.of(
                        beats, SWITCH, FailureType.NODE_UNREACHABLE, FailureType.HOST_IDENTITY)
                .await(() -> sealed.run(BootCommands.settle(node.name()), SHORT));
        if (settled.exit() == BootCommands.STILL_BOOTING) {
            throw TypedFailures.of(
                    FailureType.COMMAND_LOST,
                    "%s was restarted during its first boot, and its cloud-init still runs; the step is retried"
                            .formatted(node.name()));
        }
        requireSuccess(node, settled);
    }

    private static void requireSuccess(Node node, CommandResult answer) {
        if (!answer.succeeded()) {
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: first boot could not switch to its own host key, exit %d: %s"
                            .formatted(node.name(), answer.exit(), answer.err().strip()));
        }
    }

    private static String key(Node node, String output) {
        return line(node, output, "key ");
    }

    private static BootReport report(String output) {
        String[] words = last(output, "result ").orElse("0 -").split(" ", 2);
        List<String> started = words[1].equals("-") ? List.of() : List.of(words[1].split(",", -1));
        int written = Integer.parseInt(words[0]);
        return new BootReport(
                written,
                started,
                "own host key signed, %d %s written, %s%s"
                        .formatted(
                                written,
                                written == 1 ? "file" : "files",
                                started.isEmpty() ? "services were running" : "started " + String.join(", ", started),
                                last(output, "cloud-init ")
                                        .map(end -> "; cloud-init " + end)
                                        .orElse("")));
    }

    private static String line(Node node, String output, String mark) {
        return last(output, mark)
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.COMMAND_FAILED,
                        "%s: the first-boot job ended without its host key".formatted(node.name())));
    }

    private static Optional<String> last(String output, String mark) {
        return output.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .reduce((earlier, later) -> later);
    }
}
