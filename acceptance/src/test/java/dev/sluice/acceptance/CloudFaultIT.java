package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What DigitalOcean may do to a deployment: it still makes one droplet, or none. */
@ExtendWith(WithLab.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
class CloudFaultIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Tag("long")
    @Test
    void aCreateWhoseAnswerComesLateMakesOneDroplet(Cluster cluster) {
        inServiceDespite(cluster, "create-answer-late", "POST /v2/droplets", 1);
    }

    @Tag("long")
    @Test
    void aCreateWhoseAnswerIsLostMakesOneDroplet(Cluster cluster) {
        inServiceDespite(cluster, "create-answer-lost", "POST /v2/droplets", 1);
    }

    @Tag("long")
    @Test
    void refusalsForAWhileAreWaitedOut(Cluster cluster) {
        inServiceDespite(cluster, "too-many-requests", "", 5);
    }

    @Tag("long")
    @Test
    void errorsBeforeTheEffectAreTriedAgain(Cluster cluster) {
        inServiceDespite(cluster, "error-before", "", 5);
    }

    @Tag("long")
    @Test
    void errorsAfterTheEffectAreLookedAfter(Cluster cluster) {
        inServiceDespite(cluster, "error-after", "POST /v2/droplets", 1);
    }

    private static void inServiceDespite(Cluster cluster, String fault, String operation, int times) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            try (Fault struck = Fault.request(world, fault, operation, times)) {
                Product.Outcome deploy = world.must(Product.sluice("deploy", "--role", "app", "--reason", fault));
                assertThat(deploy.all()).contains("In service after");
            }
            assertThat(world.droplets())
                    .hasSize(before.getOrDefault("droplets", Set.of()).size() + 1);
            world.must(Product.sluice("retire", cluster.newest(before), "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
