package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.HostAuthority;
import dev.sluice.activities.ssh.Job;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NodeActivities.BootReport;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * First boot in three round trips: the job (unique, configured, services up, own key made), the certificate's switch over
 * the connection that the pin proved, and the removal of the old keys over one that only the certificate proves. Each
 * can be cut off anywhere and done again.
 */
final class FirstBoot {
    static final Duration ARRIVAL = Duration.ofMinutes(2);
    private static final Duration JOB = Duration.ofMinutes(3);
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final Duration SWITCH = Duration.ofSeconds(5);

    private final Shells shells;
    private final HostAuthority authority;
    private final Files files;

    FirstBoot(Shells shells, HostAuthority authority, Files files) {
        this.shells = shells;
        this.authority = authority;
        this.files = files;
    }

    BootReport of(FirstBootOrder order) {
        Node node = order.node();
        String payload = BootCommands.payload(node, files.of(order), order.services());
        try (Heartbeats beats = Heartbeats.start()) {
            Shell first = shells.openAtFirstBoot(node).beating(beats);
            Job job = new Job(first, BootCommands.job(payload));
            String said = Arrival.of(beats, ARRIVAL, FailureType.NODE_UNREACHABLE)
                    .await(() -> job.finish(node, BootCommands.PROGRAM, payload, JOB));
            done(node, first.run(BootCommands.seal(node.name(), authority.sign(node.name(), key(node, said))), SHORT));
            prove(node, beats);
            return report(said);
        }
    }

    /**
     * The proven connection just told sshd to change its key, so for a moment the old sshd may answer; this is the only
     * place where a host without our certificate is asked again.
     */
    private void prove(Node node, Heartbeats beats) {
        Shell sealed = shells.open(node).beating(beats);
        Answer settled = Arrival.of(beats, SWITCH, FailureType.NODE_UNREACHABLE, FailureType.HOST_IDENTITY)
                .await(() -> sealed.run(BootCommands.settle(node.name()), SHORT));
        done(node, settled);
    }

    private static void done(Node node, Answer answer) {
        if (!answer.succeeded()) {
            throw Failures.of(
                    FailureType.COMMAND_FAILED,
                    "%s: first boot could not switch to its own host key, exit %d: %s"
                            .formatted(node.name(), answer.exit(), answer.err().strip()));
        }
    }

    private static String key(Node node, String said) {
        return line(node, said, "key ");
    }

    private static BootReport report(String said) {
        String[] words = last(said, "result ").orElse("0 -").split(" ", 2);
        List<String> started = words[1].equals("-") ? List.of() : List.of(words[1].split(",", -1));
        int written = Integer.parseInt(words[0]);
        return new BootReport(
                written,
                started,
                "own host key signed, %d %s written, %s"
                        .formatted(
                                written,
                                written == 1 ? "file" : "files",
                                started.isEmpty() ? "services were up" : "started " + String.join(", ", started)));
    }

    private static String line(Node node, String said, String mark) {
        return last(said, mark)
                .orElseThrow(() -> Failures.of(
                        FailureType.COMMAND_FAILED,
                        "%s: the first-boot job ended without telling its host key".formatted(node.name())));
    }

    private static Optional<String> last(String said, String mark) {
        return said.lines()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()))
                .reduce((earlier, later) -> later);
    }
}
