package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker is killed with -9, or told to end, while a deployment is in a given step; the other one carries on. */
@ExtendWith(WithLab.class)
class KillIT {
    /** What a kill may cost with a second worker up: the heartbeat's time-out, one retry, and reading the history anew. */
    private static final Duration COST = Duration.ofSeconds(10);

    /** 25 s to finish what it has in hand, as docs/how-to/upgrade.md says, and a moment to go. */
    private static final Duration DRAINED = Duration.ofSeconds(30);

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @ParameterizedTest(name = "killed during: {0}")
    @ValueSource(strings = "first boot")
    void aKilledWorkerCostsSecondsAndNothingElse(String step, Cluster cluster) {
        Duration took = deploy(step, cluster);
        System.out.printf("killed during %s: in service %.1f s after the start%n", step, took.toMillis() / 1000.0);
    }

    @Test
    void aWorkerThatIsToldToEndFinishesWhatItHasInHandAndGoesWhileTheOtherCarriesOn(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "a worker is told to end");
            String node = cluster.waitForNew(before);
            world.awaitPhase(node, "first boot");
            String run = "node/hello/" + node;
            ProcessHandle told = busy(world, run);
            assertThat(told.destroy()).isTrue();
            long since = System.nanoTime();
            World.until("worker " + told.pid() + " has gone by itself", DRAINED, () -> !told.isAlive());
            System.out.printf("told to end in first boot: gone after %.1f s%n", (System.nanoTime() - since) / 1e9);
            world.worker();

            assertThat(world.must(deploy.end()).all()).contains("In service after");
            assertThat(new Temporal(world).finishers("Node.FirstBoot", run))
                    .singleElement()
                    .asString()
                    .contains(" " + told.pid() + "@");
            world.must(Product.sluice("retire", node, "--reason", "tidy"));
            traffic.lostNothing();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    /** One deployment without a kill is what each of the others is compared with. */
    @Tag("long")
    @Test
    void inEachStepAKillCostsLessThanTenSecondsAndNothingElse(Cluster cluster) {
        Duration undisturbed = undelayed("", cluster);
        Map<String, Duration> costs = new LinkedHashMap<>();
        for (String step : World.STEPS) {
            if (!step.equals("update DNS")) { // not a step of an app server
                costs.put(step, undelayed(step, cluster).minus(undisturbed));
            }
        }
        costs.forEach(
                (step, cost) -> System.out.printf("killed during %s: cost %.1f s%n", step, cost.toMillis() / 1000.0));
        assertThat(costs).allSatisfy((step, cost) -> assertThat(cost).as(step).isLessThan(COST));
    }

    /** A deployment and a retirement ask the API for about 40 requests; more than 125 in a minute are sent apart. */
    private static Duration undelayed(String step, Cluster cluster) {
        cluster.world().awaitMinuteWithAtMost(60);
        return deploy(step, cluster);
    }

    /** Deploys and retires one node, and kills in that step the worker that is busy with it. How long the deploy took. */
    private static Duration deploy(String step, Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Traffic traffic = Traffic.start(world)) {
            Product.Running deploy = Product.start("deploy", "--role", "app", "--reason", "killed during " + step);
            if (!step.isEmpty()) {
                killBusyWorker(step, cluster, before);
            }
            Product.Outcome end = world.must(deploy.end());
            assertThat(end.all()).contains("In service after");
            if (!step.isEmpty()) {
                // For the next step: the one that was up carries on alone, and the start of another takes a core for
                // seconds.
                world.worker();
            }
            world.must(Product.sluice("retire", cluster.newest(before), "--reason", "tidy"));
            traffic.lostNothing();
            assertThat(world.things()).isEqualTo(before);
            return end.took();
        }
    }

    private static void killBusyWorker(String step, Cluster cluster, Map<String, Set<String>> before) {
        World world = cluster.world();
        String run = "change/hello/app";
        if (!step.equals("check plan")) {
            String node = cluster.waitForNew(before);
            run = "node/hello/" + node;
            world.awaitPhase(node, step);
        }
        assertThat(busy(world, run).destroyForcibly()).isTrue();
    }

    private static ProcessHandle busy(World world, String run) {
        return ProcessHandle.of(new Busy(world).workerOn(run)).orElseThrow();
    }
}
