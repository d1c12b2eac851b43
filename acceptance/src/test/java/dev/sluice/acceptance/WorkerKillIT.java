package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.BusyWorkers;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.TemporalServer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed with -9 or asked to stop during a given step of a deployment; the other worker continues. */
@ExtendWith(ServingClusterExtension.class)
@Order(50)
class WorkerKillIT {
    /** What a kill may cost with a second worker up: the heartbeat timeout, one retry, and reading the history again. */
    private static final Duration COST = Duration.ofSeconds(10);

    /** 25 s to finish the work in progress, as docs/how-to/upgrade.md states, and a moment to stop. */
    private static final Duration DRAINED = Duration.ofSeconds(30);

    @Order(20)
    @ParameterizedTest(name = "killed during: {0}")
    @ValueSource(strings = "first boot")
    void losesOnlySecondsToAKilledWorker(String step, DemoCluster cluster) {
        Duration took = deploy(step, cluster);
        System.out.printf("killed during %s: in service %.1f s after the start%n", step, took.toMillis() / 1000.0);
    }

    @Order(10)
    @Test
    void finishesItsWorkBeforeAWorkerStops(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "a worker is told to end");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "first boot");
            String run = "node/hello/" + node;
            ProcessHandle told = busy(world, run);
            assertThat(told.destroy()).isTrue();
            long since = System.nanoTime();
            LabEnvironment.awaitTrue("worker " + told.pid() + " has gone by itself", DRAINED, () -> !told.isAlive());
            System.out.printf("told to end in first boot: gone after %.1f s%n", (System.nanoTime() - since) / 1e9);
            world.startWorker();

            assertThat(world.requireSuccess(deploy.awaitEnd()).transcript()).contains("In service after");
            assertThat(new TemporalServer(world).finishers("Node.FirstBoot", run))
                    .singleElement()
                    .asString()
                    .contains(" " + told.pid() + "@");
            world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** Compares each deployment with one that has no kill. */
    @Order(30)
    @Tag("long")
    @Test
    void losesLessThanTenSecondsToAKillInAnyStep(DemoCluster cluster) {
        Duration undisturbed = undelayed("", cluster);
        Map<String, Duration> costs = new LinkedHashMap<>();
        for (String step : LabEnvironment.STEPS) {
            if (!step.equals("update DNS")) { // not a step of an app server
                costs.put(step, undelayed(step, cluster).minus(undisturbed));
            }
        }
        costs.forEach(
                (step, cost) -> System.out.printf("killed during %s: cost %.1f s%n", step, cost.toMillis() / 1000.0));
        assertThat(costs).allSatisfy((step, cost) -> assertThat(cost).as(step).isLessThan(COST));
    }

    /** A deployment and a retirement send about 40 requests; above 125 in a minute workers space requests out. */
    private static Duration undelayed(String step, DemoCluster cluster) {
        cluster.world().awaitMinuteWithAtMost(60);
        return deploy(step, cluster);
    }

    /** Deploys and retires one node and kills the worker that carries out that step. Returns the time of the deployment. */
    private static Duration deploy(String step, DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess deploy =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "killed during " + step);
            if (!step.isEmpty()) {
                killBusyWorker(step, cluster, before);
            }
            SluiceProcess.ProcessOutcome end = world.requireSuccess(deploy.awaitEnd());
            assertThat(end.transcript()).contains("In service after");
            if (!step.isEmpty()) {
                // For the next step: the remaining worker continues alone, and the start of another one takes a core
                // for
                // seconds.
                world.startWorker();
            }
            world.requireSuccess(SluiceProcess.runSluice("retire", cluster.newDroplet(before), "--reason", "tidy"));
            traffic.assertNothingLost();
            assertThat(world.accountContents()).isEqualTo(before);
            return end.took();
        }
    }

    private static void killBusyWorker(String step, DemoCluster cluster, Map<String, Set<String>> before) {
        LabEnvironment world = cluster.world();
        String run = "change/hello/app";
        if (!step.equals("check plan")) {
            String node = cluster.awaitNewDroplet(before);
            run = "node/hello/" + node;
            world.awaitPhase(node, step);
        }
        assertThat(busy(world, run).destroyForcibly()).isTrue();
    }

    private static ProcessHandle busy(LabEnvironment world, String run) {
        return ProcessHandle.of(new BusyWorkers(world).awaitWorkerOn(run)).orElseThrow();
    }
}
