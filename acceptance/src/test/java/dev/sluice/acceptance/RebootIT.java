package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One of two proxies reboots in the middle of a change: it costs what was sent to it meanwhile, and nothing else. */
@ExtendWith(WithLab.class)
class RebootIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aProxyThatIsRebootedWhileANodeJoinsIsWaitedFor(Cluster cluster) {
        reboot("join cluster", cluster);
    }

    @Tag("long")
    @ParameterizedTest(name = "from {0} on")
    @ValueSource(strings = {"first boot", "sanity gate", "probation"})
    void soItIsInEveryOtherStep(String from, Cluster cluster) {
        reboot(from, cluster);
    }

    private static void reboot(String from, Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        String rebooted = List.copyOf(cluster.inService("proxy")).get(1);
        String published = world.address(rebooted).replace("10.77.", "198.18.");
        String booted = booted(world, rebooted);
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "a proxy reboots");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, from);
            traffic.lostNothing();
            world.reboot(rebooted);

            Product.Outcome end = deploy.end(Duration.ofMinutes(3));
            long meanwhile = traffic.figure("failed");
            if (end.exit() == 0) {
                world.must(Product.sluice("retire", node, "--reason", "tidy"));
            } else {
                assertThat(end.exit()).as(end.all()).isEqualTo(1);
                assertThat(end.all()).contains("everything is as before", rebooted);
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
        assertThat(world.things()).isEqualTo(before);
    }

    /** Clock ticks after the machine's start at which its first process began. */
    private static String booted(World world, String node) {
        return world.must(Product.sluice("ssh", node, "cut -d' ' -f22 /proc/1/stat"))
                .out();
    }
}
