package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of two proxies reboots during a change: only requests that were sent to it meanwhile fail. */
@ExtendWith(ServingClusterExtension.class)
@Order(90)
class ProxyRebootIT {
    @Order(10)
    @Test
    void waitsForAProxyThatRebootsDuringTheJoin(DemoCluster cluster) {
        reboot("join cluster", cluster);
    }

    @Order(20)
    @Tag("long")
    @ParameterizedTest(name = "from {0} on")
    @ValueSource(strings = {"first boot", "sanity gate", "probation"})
    void waitsForAProxyThatRebootsInAnyOtherStep(String from, DemoCluster cluster) {
        reboot(from, cluster);
    }

    private static void reboot(String from, DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        String rebooted = List.copyOf(cluster.inService("proxy")).get(1);
        String published = world.address(rebooted).replace("10.77.", "198.18.");
        String booted = booted(world, rebooted);
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "a proxy reboots");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, from);
            traffic.assertNothingLost();
            world.rebootDroplet(rebooted);

            SluiceProcess.ProcessOutcome end = deploy.awaitEnd(Duration.ofMinutes(3));
            long meanwhile = traffic.figure("failed");
            if (end.exit() == 0) {
                world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            } else {
                assertThat(end.exit()).as(end.transcript()).isEqualTo(1);
                assertThat(end.transcript()).contains("everything is as before", rebooted);
            }
            assertThat(booted(world, rebooted)).as("since when process 1 runs").isNotEqualTo(booted);
            System.out.printf(
                    "rebooted from %s on: exit %d, %d of %d requests failed, all through the rebooted proxy%n",
                    from, end.exit(), traffic.failedAt(published), traffic.figure("requests"));
            assertThat(traffic.figure("failed"))
                    .as(traffic.toString())
                    .isEqualTo(meanwhile)
                    .isEqualTo(traffic.failedAt(published));
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** Clock ticks between the machine's start and the start of its first process. */
    private static String booted(LabEnvironment world, String node) {
        return world.requireSuccess(SluiceProcess.runSluice("ssh", node, "cut -d' ' -f22 /proc/1/stat"))
                .out();
    }
}
