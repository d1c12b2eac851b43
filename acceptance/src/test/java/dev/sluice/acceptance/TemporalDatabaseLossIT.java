package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.TemporalServer;
import dev.sluice.workflows.Sweep.SweepReport;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Temporal loses its whole database while the cluster serves, as in docs/how-to/restore.md. Runs after the tests that
 * read histories, since it loses them.
 */
@ExtendWith(ServingClusterExtension.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
@Order(910)
class TemporalDatabaseLossIT {
    @Tag("long")
    @Test
    void findsTheClusterAgainAndReportsUnfinishedWork(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        Set<String> serving = new TreeSet<>(cluster.inService("app"));
        serving.addAll(cluster.inService("proxy"));
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            String node = halfDone(cluster);

            SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");
            assertThat(doctor.exit()).as(doctor.transcript()).isIn(0, 8);
            knowsAll(serving, world.requireSuccess(SluiceProcess.runSluice("status")));
            onlyThatOneIsALeak(node, serving);

            world.requireSuccess(SluiceProcess.runSluice("schedule", "set"));
            SweepReport swept = new TemporalServer(world).runSweepNow();
            assertThat(swept.leaks()).noneMatch(leak -> leak.removed());
            assertThat(world.droplets()).contains(node).containsAll(serving);

            world.requireSuccess(SluiceProcess.runSluice(
                    "leaks", "--fix", "--unknown-owner", "--reason", "Temporal's database was lost on the 22nd"));
            assertThat(world.accountContents()).isEqualTo(before);
            world.requireSuccess(
                    deploy("what was under way when the database went").awaitEnd());
            world.requireSuccess(SluiceProcess.runSluice("retire", cluster.newDroplet(before), "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** A node that waits in its gate when the database is lost. */
    private static String halfDone(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (InjectedFault broken = InjectedFault.next(world, "wrong-package-version", "hello-app")) {
            SluiceProcess.RunningProcess deploy = deploy("it is never ended");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "first boot");
            lose(world);
            deploy.process().destroy();
            assertThat(world.droplets("state:deploying")).containsExactly(node);
            return node;
        }
    }

    /** ExpiryWatchIT ran with another cluster file. */
    private static SluiceProcess.RunningProcess deploy(String reason) {
        return SluiceProcess.startSluice("deploy", "--role", "app", "--accept-config", "--reason", reason);
    }

    /** Removes server, database and workers; new workers find an empty Temporal. */
    private static void lose(LabEnvironment world) {
        TemporalServer temporal = new TemporalServer(world);
        temporal.kill();
        world.killWorkers();
        temporal.loseDatabase();
        temporal.startAgain();
        world.startWorker();
        LabEnvironment.awaitTrue(
                "an empty Temporal",
                Duration.ofSeconds(10),
                () -> temporal.runs("").isEmpty());
    }

    private static void knowsAll(Set<String> serving, SluiceProcess.ProcessOutcome status) {
        serving.forEach(name -> assertThat(status.out()).containsPattern(name + " .*in service"));
        assertThat(status.out()).containsPattern("hello-app \\d{4}").containsPattern("hello-proxy \\d{4}");
        assertThat(SluiceProcess.runSluice("template", "list").out())
                .containsPattern("app +hello-app .* by ")
                .containsPattern("proxy +hello-proxy .* by ");
    }

    private static void onlyThatOneIsALeak(String node, Set<String> serving) {
        SluiceProcess.ProcessOutcome leaks = SluiceProcess.runSluice("leaks");
        assertThat(leaks.exit()).as(leaks.transcript()).isEqualTo(8);
        assertThat(leaks.out()).contains(node);
        serving.forEach(name -> assertThat(leaks.out()).doesNotContain(name));
    }
}
