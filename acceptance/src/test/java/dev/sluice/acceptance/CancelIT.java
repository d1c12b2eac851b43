package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

    /** Held in its first boot, so that it is there when the command arrives. */
    @Test
    @SuppressWarnings("try")
    void aCancelledDeploymentLeavesEverythingAsItWas(Cluster cluster) {
        World world = cluster.world();
        try (Fault frozen = Fault.next(world, "ssh-frozen", "hello-app")) {
            cancelDuring("first boot", cluster, () -> {
                world.must(Product.sluice("cancel", "change/hello/app", "--reason", "not today"));
            });
        }
    }

    @Tag("long")
    @ParameterizedTest(name = "cancelled during: {0}")
    @ValueSource(strings = {"clone", "sanity gate", "join cluster", "probation"})
    void soItDoesInEveryOtherStep(String step, Cluster cluster) {
        cancelDuring(step, cluster, () -> cluster.world().cancel("change/hello/app"));
    }

    private static void cancelDuring(String step, Cluster cluster, Runnable cancel) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "cancelled at " + step);
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, step);

            cancel.run();

            Product.Outcome end = deploy.end();
            assertThat(end.exit()).as(end.all()).isEqualTo(1);
            assertThat(end.all()).contains("Not deployed, everything is as before", "it was cancelled");
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
