package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.RemoteText;
import dev.sluice.activities.ssh.ScriptResources;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pings a node: checks its identity, its clock and the digests of its files. */
final class NodePing {
    private static final String SCRIPT = ScriptResources.read(NodePing.class, "greet.sh");
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final NodeShells shells;
    private final FileRenderer files;
    private final Clock clock;

    NodePing(NodeShells shells, FileRenderer files, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.clock = clock;
    }

    NodePingReport ping(FirstBootOrder order) {
        List<RenderedFile> rendered = files.render(order);
        String[] paths = rendered.stream().map(file -> file.file().path()).toArray(String[]::new);
        Node node = order.node();
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            Instant asked = clock.instant();
            CommandResult answer =
                    shells.open(node).withHeartbeat(beats).run(RemoteCommand.script(SCRIPT, paths), LIMIT);
            return greeting(node, answer, rendered, asked, clock.instant());
        }
    }

    private static NodePingReport greeting(
            Node node, CommandResult answer, List<RenderedFile> rendered, Instant asked, Instant answered) {
        List<String> lines = answer.out().lines().toList();
        String first = lines.stream()
                .filter(line -> line.matches("clock\\|\\d{13}"))
                .findFirst()
                .orElse("");
        if (!answer.succeeded() || first.isEmpty() || !lines.contains("end")) {
            throw TypedFailures.of(
                    FailureType.COMMAND_FAILED,
                    "%s answers without its time: exit status %d, %s"
                            .formatted(
                                    node.name(),
                                    answer.exit(),
                                    RemoteText.line(answer.err().strip())));
        }
        Map<String, String> digests = digests(lines);
        List<String> changed = rendered.stream()
                .filter(file -> !file.digest().equals(digests.get(file.file().path())))
                .map(file -> file.file().path())
                .toList();
        return new NodePingReport(node.name(), ahead(Long.parseLong(first.substring(6)), asked, answered), changed);
    }

    private static Map<String, String> digests(List<String> lines) {
        Map<String, String> digests = new HashMap<>();
        lines.stream()
                .filter(line -> line.startsWith("file|"))
                .map(line -> line.split("\\|", 3))
                .forEach(line -> digests.put(line[2], line[1]));
        return digests;
    }

    /** The difference of the clocks beyond the round trip; zero within it, since it is not measurable there. */
    private static long ahead(long clock, Instant asked, Instant answered) {
        if (clock < asked.toEpochMilli()) {
            return clock - asked.toEpochMilli();
        }
        return Math.max(0, clock - answered.toEpochMilli());
    }
}
