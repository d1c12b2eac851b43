package dev.sluice.activities.node.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.activities.ssh.CommandResult;
import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.RemoteCommand;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.template.FileRenderer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NodeInspectionTest {
    @Test
    void oneCommandRunsAllChecksWithValuesAsWords() {
        InspectionInput given = InspectionFixtures.good();
        RemoteCommand command = NodeInspection.full(given.order(), given.files());
        assertThat(command.line())
                .isEqualTo(
                        "sh -s -- private:10.0.0.1 timing: full: proc:apache2 closed:198.18.0.1:8080"
                                + " http:http:8080:2000:www.hello.example:VVA=:/health health:8080:/health cert:/etc/sluice/tls/site.pem file:/srv/x");
        assertThat(command.stdin()).endsWith("main \"$@\" </dev/null\n");
    }

    @Test
    void inspectionWaitsForThePauseOfItsOrder() {
        AtomicLong asked = new AtomicLong();
        Shell shell = (command, limit) -> {
            asked.set(System.nanoTime());
            return new CommandResult(0, InspectionFixtures.RECORDED, "");
        };
        NodeShells shells = NodeFixtures.reachedBy(shell);
        Clock clock = Clock.fixed(InspectionFixtures.NOW, ZoneOffset.UTC);
        Duration pause = Duration.ofMillis(200);
        try (NodeInspection inspection = new NodeInspection(shells, new FileRenderer(secret -> ""), clock)) {
            inspection.inspect(
                    InspectionFixtures.good().order()); // what is loaded only once takes as long as the pause
            long began = System.nanoTime();
            inspection.inspect(InspectionFixtures.good().order().withPause(pause));
            assertThat(asked.get() - began).isGreaterThanOrEqualTo(pause.toNanos());
        }
    }

    @Test
    void siblingsReturnOnlyFacts() {
        assertThat(NodeInspection.facts().line()).isEqualTo("sh -s -- timing:");
        assertThat(NodeInspection.facts().stdin())
                .isEqualTo(NodeInspection.full(
                                InspectionFixtures.good().order(),
                                InspectionFixtures.good().files())
                        .stdin());
    }

    @Test
    void namesOfAnyLettersAreReturnedUnchanged(@TempDir Path folder) throws Exception {
        for (String name : List.of("plain-1.conf", "a b", "we\"ird", "back\\slash", "umläut", "tab\there")) {
            Path file = java.nio.file.Files.writeString(folder.resolve(name), "x");
            Process script = new ProcessBuilder("sh", "-s", "--", "file:" + file).start();
            script.getOutputStream().write(NodeInspection.facts().stdin().getBytes(StandardCharsets.UTF_8));
            script.getOutputStream().close();
            String out = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            InspectionOutput look = InspectionOutput.read(
                    InspectionFixtures.good().order().node().name(),
                    out,
                    InspectionFixtures.NOW,
                    InspectionFixtures.NOW);

            assertThat(look.all("file")).singleElement().satisfies(line -> {
                assertThat(line.path("path").asText()).isEqualTo(file.toString());
                assertThat(line.path("digest").asText()).hasSize(64);
            });
        }
    }
}
