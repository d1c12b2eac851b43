package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.MemberFault;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.UnreachableNode;
import java.time.Duration;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cluster that serves is checked by its schedule: an ill member leaves, one that the worker cannot reach stays. */
@ExtendWith(ServingClusterExtension.class)
@Order(85)
class CheckClusterIT {
    @Test
    @SuppressWarnings("try") // a fault is in force for the length of its block
    void seesAStoppedApplicationTellsItAndEjectsTheMember(DemoCluster cluster) throws Exception {
        LabEnvironment world = cluster.world();
        cluster.ensureApps(3);
        String file = cluster.copyWith(text -> text + "\ncheck: {every: 10s}\n").toString();
        world.requireSuccess(SluiceProcess.runSluice("--file", file, "schedule", "set"));
        String ill = cluster.inService("app").iterator().next();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            try (UnreachableNode cut = new UnreachableNode(world, ill)) {
                SluiceProcess.ProcessOutcome check = SluiceProcess.runSluice("check");
                assertThat(check.exit()).as(check.transcript()).isEqualTo(8);
                assertThat(check.out()).contains(ill, "ssh", "does not answer the worker");
                assertThat(check.out()).doesNotContain(" ill ");
            }
            traffic.assertNothingLost();

            long begun = System.nanoTime();
            MemberFault.STOPPED.during(world, ill, () -> {
                SluiceProcess.ProcessOutcome check = SluiceProcess.runSluice("check", ill);
                assertThat(check.exit()).as(check.transcript()).isEqualTo(8);
                assertThat(check.out()).contains(ill, " ill ");
                LabEnvironment.awaitTrue(
                        ill + " is ejected by the check",
                        Duration.ofSeconds(90),
                        () -> SluiceProcess.runSluice("status").out().contains("by check"));
            });
            System.out.printf(
                    "ejected by the check %.1f s after the application stopped; %d of %d requests lost%n",
                    (System.nanoTime() - begun) / 1e9, traffic.figure("failed"), traffic.figure("requests"));
            assertThat(traffic.figure("failed")).as(traffic.toString()).isLessThanOrEqualTo(10);
        }
        world.requireSuccess(SluiceProcess.runSluice("readmit", ill, "--reason", "mended"));
        world.requireSuccess(SluiceProcess.runSluice("schedule", "set"));
        LabEnvironment.awaitTrue(
                "a quiet check",
                Duration.ofSeconds(60),
                () -> SluiceProcess.runSluice("check").exit() == 0);
        assertThat(SluiceProcess.runSluice("status").out()).contains("Last check ");
    }
}
