package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A good node passes its gate while every core of the machine is busy. */
@ExtendWith(ServingClusterExtension.class)
@Order(40)
class GateUnderLoadIT {
    private static final int NODES = 5;

    @Test
    void opensEachGateWhileAllCoresAreBusy(DemoCluster cluster) {
        fiveNodes(cluster);
    }

    @Tag("long")
    @RepeatedTest(9)
    void norForTheNext45(DemoCluster cluster) {
        fiveNodes(cluster);
    }

    private static void fiveNodes(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        List<Process> busy = busyLoops();
        try {
            SluiceProcess.ProcessOutcome deploy = world.requireSuccess(SluiceProcess.runSluice(
                    "deploy", "--role", "app", "--count", Integer.toString(NODES), "--reason", "busy cores"));
            assertThat(deploy.transcript()).doesNotContain("✘ sanity gate");
        } finally {
            busy.forEach(Process::destroyForcibly);
        }
        Set<String> fresh = new TreeSet<>(world.droplets());
        fresh.removeAll(before.getOrDefault("droplets", Set.of()));
        assertThat(fresh).hasSize(NODES).isSubsetOf(cluster.inService("app"));
        cluster.retire(fresh);
        assertThat(world.accountContents()).isEqualTo(before);
    }

    private static List<Process> busyLoops() {
        List<Process> loops = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            loops.add(SluiceProcess.launch(Map.of(), List.of("sh", "-c", "while :; do :; done")));
        }
        return loops;
    }
}
