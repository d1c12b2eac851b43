package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** From an empty account. Runs before the others by its name; the cluster it leaves is theirs. */
@ExtendWith(WithLab.class)
class BeginningsIT {
    @Test
    void anAppBeforeAnyProxyIsReadyAndTheFirstProxyTakesItIntoService(Cluster cluster) {
        World world = cluster.world();
        cluster.bake();
        Product.Outcome tooEarly = Product.sluice("deploy", "--role", "app", "--reason", "nobody has approved yet");
        assertThat(tooEarly.exit()).as(tooEarly.all()).isEqualTo(5);
        assertThat(tooEarly.all()).contains("approve");
        assertThat(world.droplets()).isEmpty();

        cluster.templates();

        Product.Outcome app = world.must(Product.sluice("deploy", "--role", "app", "--reason", "the first node"));
        assertThat(app.all()).contains("ready, not in service");
        Set<String> ready = world.droplets("role:app", "state:ready");
        assertThat(ready).hasSize(1);

        world.must(Product.sluice("deploy", "--role", "proxy", "--reason", "the first proxy"));

        assertThat(cluster.inService("proxy")).hasSize(1);
        assertThat(cluster.inService("app")).isEqualTo(ready);
        try (Traffic traffic = Traffic.start(world)) {
            assertThat(traffic.of(ready.iterator().next())).isPositive();
            traffic.lostNothing();
        }
    }

    /** Without them all goes on, only slower, which nobody would see. */
    @Test
    void workersAndTheCommandLineStartFromTheirArchives(Cluster cluster) throws IOException {
        assertThat(Product.HOME.resolve("target/sluice.jsa")).exists();
        List<Long> workers = cluster.world().workers();
        assertThat(workers).isNotEmpty();
        for (long pid : workers) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "maps")))
                    .contains("sluice-worker.jsa");
        }
    }
}
