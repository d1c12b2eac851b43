package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.TemporalServer;
import dev.sluice.workflows.Sweep.SweepReport;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A run was terminated in Temporal's Web UI, so that nothing was taken back: what it left is named, and swept away. */
@ExtendWith(SharedLabExtension.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
@Order(60)
class TerminatedRunIT {
    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Tag("long")
    @Test
    void whatATerminatedRunLeftIsNamedByTheAuditAndByLeaksAndRemovedByTheSweep(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        TemporalServer temporal = new TemporalServer(world);
        Map<String, Set<String>> before = world.accountContents();
        SluiceProcess.ProcessOutcome end = terminated(cluster, temporal);
        String node = cluster.newDroplet(before);
        assertThat(end.exit()).as(end.transcript()).isEqualTo(3);
        assertThat(world.droplets("state:deploying")).containsExactly(node);
        SluiceProcess.ProcessOutcome audit = SluiceProcess.runSluice("audit", "change/hello/app");
        assertThat(audit.exit()).as(audit.transcript()).isEqualTo(8);
        assertThat(audit.out()).contains("✔ never more nodes than planned", "1 planned, 1 run started", node);
        SluiceProcess.ProcessOutcome leaks = SluiceProcess.runSluice("leaks");
        assertThat(leaks.exit())
                .as(end.transcript() + audit.transcript() + leaks.transcript())
                .isEqualTo(8);
        assertThat(leaks.out()).contains(node, "sluice leaks --fix");

        SweepReport swept = temporal.runSweepNow();

        assertThat(swept.leaks())
                .filteredOn(leak -> leak.what().contains(node))
                .singleElement()
                .satisfies(
                        leak -> assertThat(leak.removed()).as(leak.toString()).isTrue());
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** One that the gate keeps waiting, so that there is time to press it. */
    private static SluiceProcess.ProcessOutcome terminated(DemoCluster cluster, TemporalServer temporal) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (InjectedFault broken = InjectedFault.next(world, "wrong-package-version", "hello-app")) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "somebody presses Terminate");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "first boot");
            temporal.terminate("node/hello/" + node);
            return deploy.awaitEnd();
        }
    }
}
