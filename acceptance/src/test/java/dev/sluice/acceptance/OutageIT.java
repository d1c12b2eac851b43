package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Temporal's server is killed in the middle of a deployment and comes back with its database: the run goes on. */
@ExtendWith(WithLab.class)
class OutageIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void oneSecondWithoutTemporalCostsSecondsAndNothingElse(Cluster cluster) {
        goesOnAfter(Duration.ofSeconds(1), Duration.ofSeconds(20), cluster);
    }

    /** The SDK asks again after a pause that grows up to a minute. */
    @Tag("long")
    @Test
    void afterAMinuteWithoutTemporalTheNodeServesWithinSeventySeconds(Cluster cluster) {
        goesOnAfter(Duration.ofSeconds(60), Duration.ofSeconds(70), cluster);
    }

    /** In service within that limit of Temporal's return, what the deployment itself takes included. */
    private static void goesOnAfter(Duration outage, Duration limit, Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "Temporal goes away");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "first boot");

            Temporal temporal = new Temporal(world);
            temporal.kill();
            long end = System.nanoTime() + outage.toNanos();
            World.until("the end of the outage", outage.plusSeconds(5), () -> System.nanoTime() > end);
            temporal.up();

            long back = System.nanoTime();
            World.until(node + " serves", limit, () -> cluster.inService("app").contains(node));
            System.out.printf(
                    "Temporal away for %d s: in service %.1f s after its return%n",
                    outage.toSeconds(), (System.nanoTime() - back) / 1e9);
            Product.Outcome told = deploy.end();
            assertThat(told.all()).contains(node);
            world.must(world.untilEnd("change/hello/app"));
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
