package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Whatever DigitalOcean answers, a deployment creates one droplet or none. */
@ExtendWith(ServingClusterExtension.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
@Order(20)
class CloudFaultIT {
    @Order(30)
    @Tag("long")
    @Test
    void createsOneDropletIfTheAnswerIsLate(DemoCluster cluster) {
        inServiceDespite(cluster, "create-answer-late", "POST /v2/droplets", 1);
    }

    @Order(20)
    @Tag("long")
    @Test
    void createsOneDropletIfTheAnswerIsLost(DemoCluster cluster) {
        inServiceDespite(cluster, "create-answer-lost", "POST /v2/droplets", 1);
    }

    @Order(40)
    @Tag("long")
    @Test
    void waitsOutTemporaryRefusals(DemoCluster cluster) {
        inServiceDespite(cluster, "too-many-requests", "", 5);
    }

    @Order(10)
    @Tag("long")
    @Test
    void retriesErrorsBeforeTheEffect(DemoCluster cluster) {
        inServiceDespite(cluster, "error-before", "", 5);
    }

    @Order(50)
    @Tag("long")
    @Test
    void detectsTheEffectOfACallThatFailedAfterwards(DemoCluster cluster) {
        inServiceDespite(cluster, "error-after", "POST /v2/droplets", 1);
    }

    private static void inServiceDespite(DemoCluster cluster, String fault, String operation, int times) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            try (InjectedFault struck = InjectedFault.request(world, fault, operation, times)) {
                SluiceProcess.ProcessOutcome deploy =
                        world.requireSuccess(SluiceProcess.runSluice("deploy", "--role", "app", "--reason", fault));
                assertThat(deploy.transcript()).contains("In service after");
            }
            assertThat(world.droplets())
                    .hasSize(before.getOrDefault("droplets", Set.of()).size() + 1);
            world.requireSuccess(SluiceProcess.runSluice("retire", cluster.newDroplet(before), "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }
}
