package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment is cancelled in a given step: it takes back what it did. */
@ExtendWith(WithLab.class)
class CancelIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @ParameterizedTest(name = "cancelled during: {0}")
    @ValueSource(strings = "first boot")
    void aCancelledDeploymentLeavesEverythingAsItWas(String step, Cluster cluster) {
        cancelDuring(step, cluster);
    }

    @Tag("long")
    @ParameterizedTest(name = "cancelled during: {0}")
    @ValueSource(strings = {"clone", "sanity gate", "join cluster", "probation"})
    void soItDoesInEveryOtherStep(String step, Cluster cluster) {
        cancelDuring(step, cluster);
    }

    private static void cancelDuring(String step, Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "cancelled at " + step);
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, step);

            world.must(Product.sluice("cancel", "change/hello/app", "--reason", "not today"));

            Product.Outcome end = deploy.end();
            assertThat(end.exit()).as(end.all()).isEqualTo(1);
            assertThat(end.all()).contains("Not deployed, everything is as before", "it was cancelled");
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
