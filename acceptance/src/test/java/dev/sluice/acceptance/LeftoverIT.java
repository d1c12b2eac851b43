package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.Sweep.SweepReport;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run was terminated in Temporal's Web UI, so that nothing was taken back: what it left is named, and swept away. */
@ExtendWith(WithLab.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
class LeftoverIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Tag("long")
    @Test
    void whatATerminatedRunLeftIsNamedByTheAuditAndByLeaksAndRemovedByTheSweep(Cluster cluster) {
        World world = cluster.world();
        Temporal temporal = new Temporal(world);
        Map<String, Set<String>> before = world.things();
        Product.Outcome end = terminated(cluster, temporal);
        String node = cluster.newest(before);
        assertThat(end.exit()).as(end.all()).isEqualTo(3);
        assertThat(world.droplets("state:deploying")).containsExactly(node);
        Product.Outcome audit = Product.sluice("audit", "change/hello/app");
        assertThat(audit.exit()).as(audit.all()).isEqualTo(8);
        assertThat(audit.out()).contains("✔ never more nodes than planned", "1 planned, 1 runs started", node);
        Product.Outcome leaks = Product.sluice("leaks");
        assertThat(leaks.exit()).as(end.all() + audit.all() + leaks.all()).isEqualTo(8);
        assertThat(leaks.out()).contains(node, "sluice leaks --fix");

        SweepReport swept = temporal.sweep();

        assertThat(swept.leaks())
                .filteredOn(leak -> leak.what().contains(node))
                .singleElement()
                .satisfies(
                        leak -> assertThat(leak.removed()).as(leak.toString()).isTrue());
        assertThat(world.things()).isEqualTo(before);
    }

    /** One that the gate keeps waiting, so that there is time to press it. */
    private static Product.Outcome terminated(Cluster cluster, Temporal temporal) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Fault broken = Fault.next(world, "wrong-package-version", "hello-app")) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "somebody presses Terminate");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "first boot");
            temporal.terminate("node/hello/" + node);
            return deploy.end();
        }
    }
}
