package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network between the workers and a new node is cut in the middle of its first boot. */
@ExtendWith(WithLab.class)
class SshCutIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    @SuppressWarnings("try") // the cut lasts for the length of its block
    void aFirstBootWhoseConnectionIsCutGoesOnWhenItIsBack(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "cut off");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "first boot");
            try (Unreachable cut = new Unreachable(world, node)) {
                World.stays(
                        "in its first boot",
                        Duration.ofSeconds(3),
                        () -> world.phase(node).equals("first boot"));
            }
            assertThat(world.must(deploy.end()).all()).contains("In service after");
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
