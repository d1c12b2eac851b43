package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed with -9 while a deployment is in a given step; the other one carries on. */
@ExtendWith(WithLab.class)
class KillIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @ParameterizedTest(name = "killed during: {0}")
    @ValueSource(strings = "first boot")
    void aKilledWorkerCostsSecondsAndNothingElse(String step, Cluster cluster) {
        killDuring(step, cluster);
    }

    @Tag("long")
    @ParameterizedTest(name = "killed during: {0}")
    @ValueSource(strings = {"check plan", "clone", "sanity gate", "join cluster", "reload proxy", "probation"})
    void soItIsInEveryOtherStep(String step, Cluster cluster) {
        killDuring(step, cluster);
    }

    private static void killDuring(String step, Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "killed during " + step);
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, step);
            long victim = world.workers().get(0);
            assertThat(ProcessHandle.of(victim).orElseThrow().destroyForcibly()).isTrue();
            world.worker();

            Product.Outcome end = world.must(deploy.end());
            assertThat(end.all()).contains("In service after");
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
