package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.Sweep.SweepReport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Temporal loses its whole database while the cluster serves: what docs/how-to/restore.md says. After those that read
 * histories, since it loses them.
 */
@ExtendWith(WithLab.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
class ZNoTemporalDatabaseIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Tag("long")
    @Test
    void clusterMembersAndTemplatesAreKnownAgainAndWhatWasHalfDoneIsNamed(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        Set<String> serving = new TreeSet<>(cluster.inService("app"));
        serving.addAll(cluster.inService("proxy"));
        try (Traffic traffic = Traffic.start(world)) {
            String node = halfDone(cluster);

            Product.Outcome doctor = Product.sluice("doctor");
            assertThat(doctor.exit()).as(doctor.all()).isIn(0, 8);
            knowsAll(serving, world.must(Product.sluice("status")));
            onlyThatOneIsALeak(node, serving);

            world.must(Product.sluice("schedule", "set"));
            SweepReport swept = new Temporal(world).sweep();
            assertThat(swept.leaks()).noneMatch(leak -> leak.removed());
            assertThat(world.droplets()).contains(node).containsAll(serving);

            world.must(Product.sluice(
                    "leaks", "--fix", "--unknown-owner", "--reason", "Temporal's database was lost on the 22nd"));
            assertThat(world.things()).isEqualTo(before);
            world.must(deploy("what was under way when the database went").end());
            world.must(Product.sluice("retire", cluster.newest(before), "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    /** A node that the gate keeps waiting when the database goes. */
    private static String halfDone(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Fault broken = Fault.next(world, "wrong-package-version", "hello-app")) {
            Product.Running deploy = deploy("it is never ended");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "first boot");
            lose(world);
            deploy.process().destroy();
            assertThat(world.droplets("state:deploying")).containsExactly(node);
            return node;
        }
    }

    /** WatchIT has run before, with another cluster file. */
    private static Product.Running deploy(String reason) {
        return Product.start("deploy", "--role", "app", "--accept-config", "--reason", reason);
    }

    /** The server and its database are gone, and workers go with it; fresh ones find an empty Temporal. */
    private static void lose(World world) {
        Temporal temporal = new Temporal(world);
        temporal.kill();
        world.killWorkers();
        temporal.loseDatabase();
        temporal.up();
        world.worker();
        World.until(
                "an empty Temporal",
                Duration.ofSeconds(10),
                () -> temporal.runs("").isEmpty());
    }

    private static void knowsAll(Set<String> serving, Product.Outcome status) {
        serving.forEach(name -> assertThat(status.out()).containsPattern(name + " .*in service"));
        assertThat(status.out()).containsPattern("hello-app \\d{4}").containsPattern("hello-proxy \\d{4}");
        assertThat(Product.sluice("template", "list").out())
                .containsPattern("app +hello-app .* by ")
                .containsPattern("proxy +hello-proxy .* by ");
    }

    private static void onlyThatOneIsALeak(String node, Set<String> serving) {
        Product.Outcome leaks = Product.sluice("leaks");
        assertThat(leaks.exit()).as(leaks.all()).isEqualTo(8);
        assertThat(leaks.out()).contains(node);
        serving.forEach(name -> assertThat(leaks.out()).doesNotContain(name));
    }
}
