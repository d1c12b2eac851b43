package dev.sluice.activities.node.gate;

import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.ScriptResources;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.activity.NodeActivities.InspectOrder;
import dev.sluice.workflows.model.check.CheckSpec;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Inspects a node in one round trip, in parallel with its siblings, and judges the result. */
public final class NodeInspection implements AutoCloseable {
    private static final String SCRIPT = ScriptResources.read(NodeInspection.class, "inspect.sh");
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final NodeShells shells;
    private final FileRenderer files;
    private final SiblingInspections siblings;
    private final Clock clock;

    public NodeInspection(NodeShells shells, FileRenderer files, Clock clock) {
        this.shells = shells;
        this.files = files;
        this.siblings = new SiblingInspections(shells, clock);
        this.clock = clock;
    }

    public Verdict inspect(InspectOrder order) {
        Node node = order.node();
        List<RenderedFile> rendered = files.render(order.configured());
        List<Node> others = order.siblings().stream()
                .filter(other -> !other.name().equals(node.name()))
                .toList();
        try (ActivityHeartbeat beats = ActivityHeartbeat.start()) {
            order.pause().ifPresent(beats::pause);
            CompletableFuture<Map<NodeName, InspectionOutput>> asked = siblings.inspect(others, beats);
            InspectionOutput look =
                    runScript(node, shells.open(node).withHeartbeat(beats), full(order, rendered), LIMIT, clock);
            return GateJudge.judge(new InspectionInput(order, rendered, look, asked.join()));
        }
    }

    @Override
    public void close() {
        siblings.close();
    }

    static InspectionOutput runScript(Node node, Shell shell, RemoteCommand command, Duration limit, Clock clock) {
        Instant asked = clock.instant();
        CommandResult answer = shell.run(command, limit);
        return InspectionOutput.read(node.name(), answer.out(), asked, clock.instant());
    }

    /** The command for siblings: facts only. */
    static RemoteCommand facts() {
        return RemoteCommand.script(SCRIPT, "timing:");
    }

    /** The command for the node itself: all checks. */
    static RemoteCommand full(InspectOrder order, List<RenderedFile> files) {
        return RemoteCommand.script(SCRIPT, words(order, files, List.of("timing:", "full:")));
    }

    /** The command for a node that serves: all checks but the timings, which load the machine. */
    static RemoteCommand withoutTiming(InspectOrder order, List<RenderedFile> files) {
        return RemoteCommand.script(SCRIPT, words(order, files, List.of("full:")));
    }

    private static String[] words(InspectOrder order, List<RenderedFile> files, List<String> parts) {
        Node node = order.node();
        CheckSpec checks = order.checks();
        List<String> words = new ArrayList<>(List.of("private:" + node.privateAddress()));
        words.addAll(parts);
        checks.processes().forEach(name -> words.add("proc:" + name));
        checks.closed().forEach(port -> words.add("closed:" + node.publicAddress() + ":" + port));
        checks.http()
                .forEach(http -> words.add("http:%s:%d:%d:%s:%s:%s"
                        .formatted(
                                http.secure() ? "https" : "http",
                                http.port(),
                                http.within(),
                                http.host(),
                                Base64.getEncoder()
                                        .encodeToString(http.contains().getBytes(StandardCharsets.UTF_8)),
                                http.path())));
        order.health().ifPresent(health -> words.add("health:%d:%s".formatted(health.port(), health.path())));
        checks.certificates().forEach(path -> words.add("cert:" + path));
        files.forEach(file -> words.add("file:" + file.file().path()));
        return words.toArray(String[]::new);
    }
}
