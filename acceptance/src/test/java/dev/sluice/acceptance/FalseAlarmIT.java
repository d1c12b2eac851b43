package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** While every core of the machine is busy, a good node still passes its gate. */
@ExtendWith(WithLab.class)
class FalseAlarmIT {
    private static final int NODES = 5;

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void noGateClosesFalselyWhileAllCoresAreBusy(Cluster cluster) {
        fiveNodes(cluster);
    }

    @Tag("long")
    @RepeatedTest(9)
    void norForTheNext45(Cluster cluster) {
        fiveNodes(cluster);
    }

    private static void fiveNodes(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        List<Process> busy = busyLoops();
        try {
            Product.Outcome deploy = world.must(Product.sluice(
                    "deploy", "--role", "app", "--count", Integer.toString(NODES), "--reason", "busy cores"));
            assertThat(deploy.all()).doesNotContain("✘ sanity gate");
        } finally {
            busy.forEach(Process::destroyForcibly);
        }
        Set<String> fresh = new TreeSet<>(world.droplets());
        fresh.removeAll(before.getOrDefault("droplets", Set.of()));
        assertThat(fresh).hasSize(NODES).isSubsetOf(cluster.inService("app"));
        cluster.retire(fresh);
        assertThat(world.things()).isEqualTo(before);
    }

    private static List<Process> busyLoops() {
        List<Process> loops = new ArrayList<>();
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            loops.add(Product.launch(Map.of(), List.of("sh", "-c", "while :; do :; done")));
        }
        return loops;
    }
}
