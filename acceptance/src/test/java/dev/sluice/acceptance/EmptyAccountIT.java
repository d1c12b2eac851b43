package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Deploys into an empty account. Its order makes it run first: the others use the cluster that it leaves. */
@ExtendWith(SharedLabExtension.class)
@Order(10)
class EmptyAccountIT {
    @Order(10)
    @Test
    void putsAWaitingAppIntoServiceWithTheFirstProxy(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        cluster.ensureBaked();
        SluiceProcess.ProcessOutcome tooEarly =
                SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "nobody has approved yet");
        assertThat(tooEarly.exit()).as(tooEarly.transcript()).isEqualTo(5);
        assertThat(tooEarly.transcript()).contains("approve");
        assertThat(world.droplets()).isEmpty();

        cluster.ensureTemplates();

        SluiceProcess.ProcessOutcome app =
                world.requireSuccess(SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "the first node"));
        assertThat(app.transcript()).contains("ready, not in service");
        Set<String> ready = world.droplets("role:app", "state:ready");
        assertThat(ready).hasSize(1);

        world.requireSuccess(SluiceProcess.runSluice("deploy", "--role", "proxy", "--reason", "the first proxy"));

        assertThat(cluster.inService("proxy")).hasSize(1);
        assertThat(cluster.inService("app")).isEqualTo(ready);
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            assertThat(traffic.requestsAnsweredBy(ready.iterator().next())).isPositive();
            traffic.assertNothingLost();
        }
    }

    /** Without archives everything still works, only slower, so that no other test would fail. */
    @Order(20)
    @Test
    void startsWorkersAndCliFromTheirClassArchives(DemoCluster cluster) throws IOException {
        assertThat(SluiceProcess.HOME.resolve("target/sluice.jsa")).exists();
        List<Long> workers = cluster.world().workerPids();
        assertThat(workers).isNotEmpty();
        for (long pid : workers) {
            assertThat(Files.readString(Path.of("/proc", Long.toString(pid), "maps")))
                    .contains("sluice-worker.jsa");
        }
    }
}
