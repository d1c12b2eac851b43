package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.UnreachableNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two proxies under traffic, and the workers cannot change one of them. */
@ExtendWith(SharedLabExtension.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
@Order(80)
class ProxyFaultIT {
    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Test
    void aProxyThatCannotBeReachedStopsAChangeBeforeItBegins(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String faulty = faulty(cluster);
        try (SteadyTraffic traffic = SteadyTraffic.start(world);
                UnreachableNode silent = new UnreachableNode(world, faulty)) {
            refused(cluster, 5, faulty);
            traffic.assertNothingLost();
        }
    }

    @Tag("long")
    @Test
    void aProxyWhoseOwnConfigurationIsBrokenKeepsTheNodeOut(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String faulty = faulty(cluster);
        String file = "/etc/apache2/conf-enabled/junk.conf";
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            world.requireSuccess(SluiceProcess.runSluice("ssh", faulty, "echo NoSuchDirective On >" + file));
            try {
                SluiceProcess.ProcessOutcome outcome = refused(cluster, 1, faulty);
                assertThat(outcome.transcript()).contains("configuration is broken", "NoSuchDirective");
            } finally {
                world.requireSuccess(SluiceProcess.runSluice("ssh", faulty, "rm " + file));
            }
            traffic.assertNothingLost();
        }
    }

    @Tag("long")
    @Test
    void aProxyThatIsAwayDuringTheJoinAndComesBackIsWaitedFor(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "a proxy goes and comes");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "sanity gate");
            try (UnreachableNode silent = new UnreachableNode(world, faulty(cluster))) {
                world.awaitPhase(node, "join cluster");
                LabEnvironment.assertStaysTrue(
                        "in its join",
                        Duration.ofSeconds(3),
                        () -> world.phaseOf(node).equals("join cluster"));
            }
            assertThat(world.requireSuccess(deploy.awaitEnd()).transcript()).contains("In service after");
            world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aProxyThatIsAwayDuringTheUndoAndComesBackIsWaitedFor(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "away during the undo");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "probation");
            try (UnreachableNode silent = new UnreachableNode(world, faulty(cluster))) {
                world.requireSuccess(SluiceProcess.runSluice("cancel", "change/hello/app", "--reason", "not today"));
                world.awaitPhase(node, "rolling back");
                LabEnvironment.assertStaysTrue(
                        "rolling back",
                        Duration.ofSeconds(15),
                        () -> world.phaseOf(node).equals("rolling back"));
            }
            SluiceProcess.ProcessOutcome end = deploy.awaitEnd();
            assertThat(end.exit()).as(end.transcript()).isEqualTo(1);
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aProxyThatDoesNotComeBackLeavesTheNodeInQuarantineUntilLeaksFixesIt(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "away for good");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "probation");
            try (UnreachableNode silent = new UnreachableNode(world, faulty(cluster))) {
                world.requireSuccess(SluiceProcess.runSluice("cancel", "change/hello/app", "--reason", "not today"));
                SluiceProcess.ProcessOutcome end = deploy.awaitEnd(Duration.ofMinutes(8));
                assertThat(end.exit()).as(end.transcript()).isEqualTo(3);
                assertThat(end.transcript()).contains(node, "quarantine", "sluice leaks --fix");
                assertThat(world.droplets("state:quarantine")).containsExactly(node);
            }
            world.requireSuccess(SluiceProcess.runSluice("leaks", "--fix", "--reason", "the proxy is back"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void withoutThatProxyTheChangeGoesOnAndLaterItIsPublishedAgain(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        String faulty = faulty(cluster);
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            try (UnreachableNode silent = new UnreachableNode(world, faulty)) {
                world.requireSuccess(SluiceProcess.runSluice(
                        "deploy", "--role", "app", "--without-proxy", faulty, "--reason", "it will be mended"));
                assertThat(world.accountContents().get("records"))
                        .noneMatch(record -> record.contains(published(world, faulty)));
            }
            String first = cluster.newDroplet(before);
            world.requireSuccess(SluiceProcess.runSluice("retire", first, "--reason", "tidy"));
            world.requireSuccess(
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "brings the proxy back"));
            assertThat(cluster.inService("proxy")).contains(faulty);
            world.requireSuccess(SluiceProcess.runSluice("retire", cluster.newDroplet(before), "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    private static String published(LabEnvironment world, String node) {
        return world.address(node).replace("10.77.", "198.18.");
    }

    private static String faulty(DemoCluster cluster) {
        return List.copyOf(cluster.inService("proxy")).get(1);
    }

    private static SluiceProcess.ProcessOutcome refused(DemoCluster cluster, int exit, String names) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();

        SluiceProcess.ProcessOutcome outcome =
                SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "a proxy is faulty");

        assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(exit);
        assertThat(outcome.transcript()).contains(names);
        assertThat(world.accountContents()).isEqualTo(before);
        return outcome;
    }
}
