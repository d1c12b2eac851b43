package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The tarball, installed into an empty folder: its programs know the lab's settings and no checkout. */
@ExtendWith(WithLab.class)
class DistributionIT {
    private static final String PORT = "8087";

    @TempDir
    static Path empty = Path.of("");

    private static Path home = Path.of("");

    @BeforeAll
    static void anInstallationAndAServingCluster(Cluster cluster) throws IOException {
        cluster.world()
                .must(Product.run(
                        Map.of(), List.of("tar", "-xzf", Tarball.made().toString(), "-C", empty.toString())));
        try (Stream<Path> unpacked = Files.list(empty)) {
            home = unpacked.findFirst().orElseThrow();
        }
        cluster.twoOfEach();
    }

    @Test
    void theInstalledCommandLinePutsANodeIntoServiceAndOutAgain(Cluster cluster) {
        deploysAndRetires(cluster);
    }

    @Tag("long")
    @Test
    void soItDoesWithNoWorkerButTheInstalledOne(Cluster cluster) {
        World world = cluster.world();
        world.killWorkers();
        List<String> command = world.insideCommand(program("sluice-worker"));
        Product.Running worker =
                new Product.Running(command, Product.launch(settings(world), command), System.nanoTime());
        try {
            World.until(
                    "the installed worker is ready",
                    Duration.ofSeconds(60),
                    () -> Product.run(settings(world), world.insideCommand(program("sluice-worker-ready")))
                                    .exit()
                            == 0);
            deploysAndRetires(cluster);
            worker.process().destroy();
            assertThat(worker.end().exit()).isEqualTo(143);
        } finally {
            worker.process().destroyForcibly();
            world.worker();
            world.worker();
        }
    }

    private static void deploysAndRetires(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Outcome deploy =
                    world.must(sluice(world, "deploy", "--role", "app", "--reason", "with the installed one"));
            String node = cluster.newest(before);
            assertThat(deploy.all()).contains("In service after", node);
            World.until(node + " answers", Duration.ofSeconds(5), () -> traffic.of(node) > 0);
            world.must(sluice(world, "retire", node, "--reason", "no longer needed"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    private static Product.Outcome sluice(World world, String... words) {
        List<String> command = new ArrayList<>(List.of(program("sluice")));
        command.addAll(List.of(words));
        command.addAll(
                List.of("--file", home.resolve("examples/hello/sluice.yaml").toString()));
        return Product.run(settings(world), command);
    }

    private static String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Map<String, String> settings(World world) {
        Map<String, String> settings = new TreeMap<>(world.environment());
        settings.put("SLUICE_WORKER_PORT", PORT);
        return settings;
    }
}
