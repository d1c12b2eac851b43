package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deployment that is cancelled in a given step rolls back what it did. */
@ExtendWith(ServingClusterExtension.class)
@Order(10)
class CancelDeployIT {
    /** A fault holds the node in its first boot, so that the run is open when the command arrives. */
    @Order(20)
    @Test
    @SuppressWarnings("try")
    void restoresEverythingAfterACancellation(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        try (InjectedFault frozen = InjectedFault.next(world, "ssh-frozen", "hello-app")) {
            cancelDuring("first boot", cluster, () -> {
                world.requireSuccess(SluiceProcess.runSluice("cancel", "change/hello/app", "--reason", "not today"));
            });
        }
    }

    @Order(10)
    @Tag("long")
    @ParameterizedTest(name = "cancelled during: {0}")
    @ValueSource(strings = {"clone", "sanity gate", "join cluster", "probation"})
    void restoresEverythingAfterACancellationInAnyOtherStep(String step, DemoCluster cluster) {
        cancelDuring(step, cluster, () -> cluster.world().cancelRun("change/hello/app"));
    }

    private static void cancelDuring(String step, DemoCluster cluster, Runnable cancel) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "cancelled at " + step);
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, step);

            cancel.run();

            SluiceProcess.ProcessOutcome end = deploy.awaitEnd();
            assertThat(end.exit()).as(end.transcript()).isEqualTo(1);
            assertThat(end.transcript()).contains("Not deployed, everything is as before", "it was cancelled");
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }
}
