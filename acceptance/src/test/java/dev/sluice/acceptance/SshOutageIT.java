package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.UnreachableNode;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The network between the workers and a new node is cut in the middle of its first boot. */
@ExtendWith(ServingClusterExtension.class)
@Order(100)
class SshOutageIT {
    @Test
    @SuppressWarnings("try") // the cut lasts for the length of its block
    void continuesAFirstBootAfterALostConnection(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "cut off");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "first boot");
            try (UnreachableNode cut = new UnreachableNode(world, node)) {
                LabEnvironment.assertStaysTrue(
                        "in its first boot",
                        Duration.ofSeconds(3),
                        () -> world.phaseOf(node).equals("first boot"));
            }
            assertThat(world.requireSuccess(deploy.awaitEnd()).transcript()).contains("In service after");
            world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }
}
