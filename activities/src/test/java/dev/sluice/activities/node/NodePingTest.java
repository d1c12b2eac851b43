package dev.sluice.activities.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.activities.node.gate.NodeFixtures;
import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.template.FileRenderer;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.NodePingReport;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NodeFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The greeting's script run by this machine's shell, in the place of a node's. */
class NodePingTest {
    private static final Node NODE = new Node(
            new NodeRef(new ClusterName("hello"), Role.APP, new NodeName("hello-app-1"), "run"),
            new DropletId(1),
            new Ipv4Address("127.0.0.1"),
            new Ipv4Address("127.0.0.1"));

    @TempDir
    Path directory = Path.of("");

    private static CommandResult here(RemoteCommand command, Duration limit) {
        try {
            Process process = new ProcessBuilder("sh", "-c", command.line()).start();
            try (OutputStream stdin = process.getOutputStream()) {
                stdin.write(command.stdin().getBytes(StandardCharsets.UTF_8));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            return new CommandResult(process.waitFor(), out, err);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private NodePingReport greeting(Clock clock, String... names) {
        List<NodeFile> files = List.of(names).stream()
                .map(name -> new NodeFile(
                        directory.resolve(name).toString(),
                        "root:root",
                        "0644",
                        Optional.of("of $node\n"),
                        Optional.empty()))
                .toList();
        FileRenderer rendered = new FileRenderer(name -> "secret");
        return new NodePing(NodeFixtures.reachedBy(NodePingTest::here), rendered, clock)
                .ping(new FirstBootOrder(NODE, files, List.of(), Map.of(), Map.of()));
    }

    @Test
    void healthyNodeHasNoFindings() throws IOException {
        java.nio.file.Files.writeString(directory.resolve("site.conf"), "of hello-app-1\n");

        assertThat(greeting(Clock.systemUTC(), "site.conf")).isEqualTo(new NodePingReport(NODE.name(), 0, List.of()));
    }

    @Test
    void namesChangedAndMissingFiles() throws IOException {
        java.nio.file.Files.writeString(directory.resolve("site.conf"), "of somebody\n");

        assertThat(greeting(Clock.systemUTC(), "site.conf", "gone.conf").changed())
                .containsExactly(
                        directory.resolve("site.conf").toString(),
                        directory.resolve("gone.conf").toString());
    }

    @Test
    void measuresAClockAheadOrBehind() {
        Clock slow = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
        Clock fast = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));

        assertThat(greeting(slow).clock()).isBetween(50_000L, 60_000L);
        assertThat(greeting(fast).clock()).isBetween(-60_000L, -50_000L);
    }

    @Test
    void unreadableAnswerIsAFailure() {
        NodeShells mute = NodeFixtures.reachedBy((command, limit) -> new CommandResult(127, "", "sh: not found"));
        FileRenderer files = new FileRenderer(name -> "secret");

        assertThatThrownBy(() -> new NodePing(mute, files, Clock.systemUTC())
                        .ping(new FirstBootOrder(NODE, List.of(), List.of(), Map.of(), Map.of())))
                .hasMessageContaining("hello-app-1 answers without its time: exit status 127");
    }
}
