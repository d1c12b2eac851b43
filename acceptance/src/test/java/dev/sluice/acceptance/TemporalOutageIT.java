package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.TemporalServer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Temporal's server is killed during a deployment and restarts with its database: the run continues. */
@ExtendWith(ServingClusterExtension.class)
@Order(70)
class TemporalOutageIT {
    @Order(20)
    @Test
    void losesOnlySecondsToASecondWithoutTemporal(DemoCluster cluster) {
        goesOnAfter(Duration.ofSeconds(1), Duration.ofSeconds(20), cluster);
    }

    /** The SDK retries with a back-off of up to a minute. */
    @Order(10)
    @Tag("long")
    @Test
    void servesWithinSeventySecondsAfterAMinuteWithoutTemporal(DemoCluster cluster) {
        goesOnAfter(Duration.ofSeconds(60), Duration.ofSeconds(70), cluster);
    }

    /** Expects the node in service within that limit after Temporal's restart, the deployment itself included. */
    private static void goesOnAfter(Duration outage, Duration limit, DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "Temporal goes away");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "first boot");

            TemporalServer temporal = new TemporalServer(world);
            temporal.kill();
            long end = System.nanoTime() + outage.toNanos();
            LabEnvironment.awaitTrue("the end of the outage", outage.plusSeconds(5), () -> System.nanoTime() > end);
            temporal.startAgain();

            long back = System.nanoTime();
            LabEnvironment.awaitTrue(
                    node + " serves", limit, () -> cluster.inService("app").contains(node));
            System.out.printf(
                    "Temporal away for %d s: in service %.1f s after its return%n",
                    outage.toSeconds(), (System.nanoTime() - back) / 1e9);
            SluiceProcess.ProcessOutcome told = deploy.awaitEnd();
            assertThat(told.transcript()).contains(node);
            world.requireSuccess(world.awaitRunEnd("change/hello/app"));
            world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }
}
