package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.activities.ssh.Answer;
import dev.sluice.activities.ssh.Command;
import dev.sluice.activities.ssh.Scripts;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.Checks;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** One look at a node in one round trip, beside a look at its siblings, judged. */
final class Inspection {
    private static final String SCRIPT = Scripts.of(Inspection.class, "inspect.sh");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Shells shells;
    private final Files files;
    private final Siblings siblings;
    private final Clock clock;

    Inspection(Shells shells, Files files, Siblings siblings, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.siblings = siblings;
        this.clock = clock;
    }

    Verdict of(InspectOrder order) {
        Node node = order.node();
        List<RenderedFile> rendered = files.of(order.configured());
        List<Node> others = order.siblings().stream()
                .filter(other -> !other.name().equals(node.name()))
                .toList();
        try (Heartbeats beats = Heartbeats.start()) {
            order.pause().ifPresent(beats::pause);
            CompletableFuture<Map<NodeName, Look>> asked = siblings.ask(others, beats);
            Look look = look(node, shells.open(node).beating(beats), full(order, rendered), LIMIT, clock);
            return Judge.verdict(new Case(order, rendered, look, asked.join()));
        }
    }

    static Look look(Node node, Shell shell, Command command, Duration limit, Clock clock) {
        Instant asked = clock.instant();
        Answer answer = shell.run(command, limit);
        return Look.read(node.name(), answer.out(), asked, clock.instant());
    }

    /** What siblings are asked. */
    static Command facts() {
        return Command.script(SCRIPT, "timing:");
    }

    /** What the node itself is asked: everything. */
    static Command full(InspectOrder order, List<RenderedFile> files) {
        Node node = order.node();
        Checks checks = order.checks();
        List<String> words = new ArrayList<>(List.of("private:" + node.privateAddress(), "timing:", "full:"));
        checks.processes().forEach(name -> words.add("proc:" + name));
        checks.closed().forEach(port -> words.add("closed:" + node.publicAddress() + ":" + port));
        checks.http()
                .forEach(http -> words.add("http:%s:%d:%d:%s:%s"
                        .formatted(
                                http.secure() ? "https" : "http",
                                http.port(),
                                http.within(),
                                http.host(),
                                http.path())));
        checks.certificates().forEach(path -> words.add("cert:" + path));
        files.forEach(file -> words.add("file:" + file.file().path()));
        return Command.script(SCRIPT, words.toArray(String[]::new));
    }
}
