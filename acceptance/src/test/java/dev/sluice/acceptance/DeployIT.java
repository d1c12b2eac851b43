package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(WithLab.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
class DeployIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aNodeGoesIntoServiceAndOutAgainWithoutALostRequest(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Outcome deploy = world.must(Product.sluice("deploy", "--role", "app", "--reason", "one more"));
            String node = cluster.newest(before);
            assertThat(deploy.all()).contains("In service after", "sluice retire " + node);
            assertThat(deploy.took()).as(deploy.all()).isLessThan(Duration.ofMinutes(1));
            Product.Outcome audit = world.must(Product.sluice("audit", "change/hello/app"));
            assertThat(audit.out()).contains("✔ passed the gate before it took traffic", "0 broken, 0 unknown");
            World.until(node + " answers", Duration.ofSeconds(5), () -> traffic.of(node) > 0);

            Product.Outcome retire = world.must(Product.sluice("retire", node, "--reason", "no longer needed"));
            assertThat(retire.all()).contains(node);
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Test
    void aBrokenNodeIsKeptOutAndEverythingIsAsBefore(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        world.must(Product.sluice("lab", "break", "wrong-package-version", "--next", "hello-app"));
        try (Traffic traffic = Traffic.start(world)) {
            Product.Outcome deploy = Product.sluice("deploy", "--role", "app", "--reason", "this one is broken");

            assertThat(deploy.exit()).as(deploy.all()).isEqualTo(1);
            assertThat(deploy.all()).contains("Not deployed, everything is as before", "apache2");
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Test
    void aNodeThatFallsIllWhenItJoinsFailsItsProbationAndNobodyNotices(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running running = Product.start("deploy", "--role", "app", "--reason", "it falls ill");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "join cluster");
            try (Fault ill = Fault.of(world, "app-answers-500", node)) {
                Product.Outcome deploy = running.end();

                assertThat(deploy.exit()).as(deploy.all()).isEqualTo(1);
                assertThat(deploy.all()).contains("✘ probation", "Not deployed, everything is as before", "500", node);
            }
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    @Tag("long")
    @Test
    void aProxyAndAnAppAtTheSameTimeFindEachOther(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running proxy = Product.start("deploy", "--role", "proxy", "--reason", "beside an app");
            Product.Running app = Product.start("deploy", "--role", "app", "--reason", "beside a proxy");
            world.must(proxy.end());
            world.must(app.end());

            Set<String> fresh = new TreeSet<>(world.droplets());
            fresh.removeAll(before.getOrDefault("droplets", Set.of()));
            assertThat(fresh).hasSize(2).isSubsetOf(world.droplets("state:in-service"));
            String newApp = fresh.stream()
                    .filter(name -> name.contains("-app-"))
                    .findFirst()
                    .orElseThrow();
            String newProxy = fresh.stream()
                    .filter(name -> name.contains("-proxy-"))
                    .findFirst()
                    .orElseThrow();
            Product.Outcome members = world.must(Product.sluice("ssh", newProxy, "ls", "/etc/sluice/members"));
            assertThat(members.out()).contains(newApp + ".conf");
            world.must(Product.sluice("retire", newApp, "--reason", "tidy"));
            world.must(Product.sluice("retire", newProxy, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }
}
