package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.DistributionTarball;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tarball in an empty folder: its programs know the lab's settings and have no checkout. */
@ExtendWith(SharedLabExtension.class)
@Order(40)
class InstalledTarballIT {
    private static final String PORT = "8087";

    @TempDir
    static Path empty = Path.of("");

    private static Path home = Path.of("");

    @BeforeAll
    static void anInstallationAndAServingCluster(DemoCluster cluster) throws IOException {
        cluster.world()
                .requireSuccess(SluiceProcess.run(
                        Map.of(),
                        List.of("tar", "-xzf", DistributionTarball.findBuilt().toString(), "-C", empty.toString())));
        try (Stream<Path> unpacked = Files.list(empty)) {
            home = unpacked.findFirst().orElseThrow();
        }
        cluster.ensureTwoOfEach();
    }

    @Order(20)
    @Test
    void deploysAndRetiresANodeWithTheInstalledCli(DemoCluster cluster) {
        deploysAndRetires(cluster);
    }

    @Order(10)
    @Tag("long")
    @Test
    void deploysAndRetiresANodeWithTheInstalledWorkerOnly(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        world.killWorkers();
        List<String> command = world.networkCommand(program("sluice-worker"));
        SluiceProcess.RunningProcess worker = new SluiceProcess.RunningProcess(
                command, SluiceProcess.launch(settings(world), command), System.nanoTime());
        try {
            LabEnvironment.awaitTrue(
                    "the installed worker is ready",
                    Duration.ofSeconds(60),
                    () -> SluiceProcess.run(settings(world), world.networkCommand(program("sluice-worker-ready")))
                                    .exit()
                            == 0);
            deploysAndRetires(cluster);
            worker.process().destroy();
            assertThat(worker.awaitEnd().exit()).isEqualTo(143);
        } finally {
            worker.process().destroyForcibly();
            world.startWorker();
            world.startWorker();
        }
    }

    private static void deploysAndRetires(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.ProcessOutcome deploy = world.requireSuccess(
                    sluice(world, "deploy", "--role", "app", "--reason", "with the installed one"));
            String node = cluster.newDroplet(before);
            assertThat(deploy.transcript()).contains("In service after", node);
            LabEnvironment.awaitTrue(
                    node + " answers", Duration.ofSeconds(5), () -> traffic.requestsAnsweredBy(node) > 0);
            world.requireSuccess(sluice(world, "retire", node, "--reason", "no longer needed"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    private static SluiceProcess.ProcessOutcome sluice(LabEnvironment world, String... words) {
        List<String> command = new ArrayList<>(List.of(program("sluice")));
        command.addAll(List.of(words));
        command.addAll(
                List.of("--file", home.resolve("examples/hello/sluice.yaml").toString()));
        return SluiceProcess.run(settings(world), command);
    }

    private static String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Map<String, String> settings(LabEnvironment world) {
        Map<String, String> settings = new TreeMap<>(world.environment());
        settings.put("SLUICE_WORKER_PORT", PORT);
        return settings;
    }
}
