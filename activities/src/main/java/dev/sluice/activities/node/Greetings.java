package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Command;
import dev.sluice.activities.ssh.Scripts;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.Greeting;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One short question to a node: who it is, what time it has, and whether its files are what they should be. */
final class Greetings {
    private static final String SCRIPT = Scripts.of(Greetings.class, "greet.sh");
    private static final Duration LIMIT = Duration.ofSeconds(8);

    private final Shells shells;
    private final Files files;
    private final Clock clock;

    Greetings(Shells shells, Files files, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.clock = clock;
    }

    Greeting of(FirstBootOrder order) {
        List<RenderedFile> rendered = files.of(order);
        String[] paths = rendered.stream().map(file -> file.file().path()).toArray(String[]::new);
        Node node = order.node();
        try (Heartbeats beats = Heartbeats.start()) {
            Instant asked = clock.instant();
            Answer answer = shells.open(node).beating(beats).run(Command.script(SCRIPT, paths), LIMIT);
            return greeting(node, answer, rendered, asked, clock.instant());
        }
    }

    private static Greeting greeting(
            Node node, Answer answer, List<RenderedFile> rendered, Instant asked, Instant answered) {
        List<String> lines = answer.out().lines().toList();
        String first = lines.stream()
                .filter(line -> line.matches("clock\\|\\d{13}"))
                .findFirst()
                .orElse("");
        if (!answer.succeeded() || first.isEmpty() || !lines.contains("end")) {
            throw Failures.of(
                    FailureType.COMMAND_FAILED,
                    "%s answers, but cannot say what time it is: exit status %d, %s"
                            .formatted(node.name(), answer.exit(), answer.err().strip()));
        }
        Map<String, String> digests = digests(lines);
        List<String> changed = rendered.stream()
                .filter(file -> !file.digest().equals(digests.get(file.file().path())))
                .map(file -> file.file().path())
                .toList();
        return new Greeting(node.name(), ahead(Long.parseLong(first.substring(6)), asked, answered), changed);
    }

    private static Map<String, String> digests(List<String> lines) {
        Map<String, String> digests = new HashMap<>();
        lines.stream()
                .filter(line -> line.startsWith("file|"))
                .map(line -> line.split("\\|", 3))
                .forEach(line -> digests.put(line[2], line[1]));
        return digests;
    }

    /** Within the time of the round trip nothing is known. */
    private static long ahead(long clock, Instant asked, Instant answered) {
        if (clock < asked.toEpochMilli()) {
            return clock - asked.toEpochMilli();
        }
        return Math.max(0, clock - answered.toEpochMilli());
    }
}
