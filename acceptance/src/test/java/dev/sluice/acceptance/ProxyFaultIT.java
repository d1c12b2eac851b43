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

/** Two proxies under traffic, and the workers cannot change one of them. */
@ExtendWith(WithLab.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
class ProxyFaultIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aProxyThatCannotBeReachedStopsAChangeBeforeItBegins(Cluster cluster) {
        World world = cluster.world();
        String faulty = faulty(cluster);
        try (Traffic traffic = Traffic.start(world);
                Unreachable silent = new Unreachable(world, faulty)) {
            refused(cluster, 5, faulty);
            traffic.lostNothing();
        }
    }

    @Tag("long")
    @Test
    void aProxyWhoseOwnConfigurationIsBrokenKeepsTheNodeOut(Cluster cluster) {
        World world = cluster.world();
        String faulty = faulty(cluster);
        String file = "/etc/apache2/conf-enabled/junk.conf";
        try (Traffic traffic = Traffic.start(world)) {
            world.must(Product.sluice("ssh", faulty, "echo NoSuchDirective On >" + file));
            try {
                Product.Outcome outcome = refused(cluster, 1, faulty);
                assertThat(outcome.all()).contains("configuration is broken", "NoSuchDirective");
            } finally {
                world.must(Product.sluice("ssh", faulty, "rm " + file));
            }
            traffic.lostNothing();
        }
    }

    @Tag("long")
    @Test
    void aProxyThatIsAwayDuringTheJoinAndComesBackIsWaitedFor(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "a proxy goes and comes");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "sanity gate");
            try (Unreachable silent = new Unreachable(world, faulty(cluster))) {
                world.awaitPhase(node, "join cluster");
                World.stays(
                        "in its join",
                        Duration.ofSeconds(3),
                        () -> world.phase(node).equals("join cluster"));
            }
            assertThat(world.must(deploy.end()).all()).contains("In service after");
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aProxyThatIsAwayDuringTheUndoAndComesBackIsWaitedFor(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "away during the undo");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "probation");
            try (Unreachable silent = new Unreachable(world, faulty(cluster))) {
                world.must(Product.sluice("cancel", "change/hello/app", "--reason", "not today"));
                world.awaitPhase(node, "taking back");
                World.stays(
                        "taking back",
                        Duration.ofSeconds(15),
                        () -> world.phase(node).equals("taking back"));
            }
            Product.Outcome end = deploy.end();
            assertThat(end.exit()).as(end.all()).isEqualTo(1);
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aProxyThatDoesNotComeBackLeavesTheNodeInQuarantineUntilLeaksFixesIt(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "away for good");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "probation");
            try (Unreachable silent = new Unreachable(world, faulty(cluster))) {
                world.must(Product.sluice("cancel", "change/hello/app", "--reason", "not today"));
                Product.Outcome end = deploy.end(Duration.ofMinutes(8));
                assertThat(end.exit()).as(end.all()).isEqualTo(3);
                assertThat(end.all()).contains(node, "quarantine", "sluice leaks --fix");
                assertThat(world.droplets("state:quarantine")).containsExactly(node);
            }
            world.must(Product.sluice("leaks", "--fix", "--reason", "the proxy is back"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void withoutThatProxyTheChangeGoesOnAndLaterItIsPublishedAgain(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        String faulty = faulty(cluster);
        try (Traffic traffic = Traffic.start(world)) {
            try (Unreachable silent = new Unreachable(world, faulty)) {
                world.must(Product.sluice(
                        "deploy", "--role", "app", "--without-proxy", faulty, "--reason", "it will be mended"));
                assertThat(world.things().get("records"))
                        .noneMatch(record -> record.contains(published(world, faulty)));
            }
            String first = cluster.newest(before);
            world.must(Product.sluice("retire", first, "--reason", "tidy"));
            world.must(Product.sluice("deploy", "--role", "app", "--reason", "brings the proxy back"));
            assertThat(cluster.inService("proxy")).contains(faulty);
            world.must(Product.sluice("retire", cluster.newest(before), "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    private static String published(World world, String node) {
        return world.address(node).replace("10.77.", "198.18.");
    }

    private static String faulty(Cluster cluster) {
        return List.copyOf(cluster.inService("proxy")).get(1);
    }

    private static Product.Outcome refused(Cluster cluster, int exit, String names) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();

        Product.Outcome outcome = Product.sluice("deploy", "--role", "app", "--reason", "a proxy is faulty");

        assertThat(outcome.exit()).as(outcome.all()).isEqualTo(exit);
        assertThat(outcome.all()).contains(names);
        assertThat(world.things()).isEqualTo(before);
        return outcome;
    }
}
