package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.acceptance.harness.ClusterTeardown;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.WorkerUnit;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nodes whose PID 1 is systemd, in a lab of its own: a whole deployment into an empty account and out again. */
class SystemdNodeIT {
    private static final boolean ROOT = "root".equals(System.getProperty("user.name"));

    @Order(10)
    @Tag("long")
    @Test
    void servesARequestThroughAProxyAndRetiresBothNodes() throws IOException {
        assumeTrue(ROOT, "Not tested: nodes with systemd need root, since nobody else may hand them control groups.");
        LabEnvironment world = LabEnvironment.up(Map.of("SLUICE_LAB_INIT", "systemd"));
        try {
            DemoCluster cluster = new DemoCluster(world);
            cluster.ensureTemplates();
            deploy("proxy", world);
            deploy("app", world);
            String proxy = onSystemd("proxy", cluster);
            String app = onSystemd("app", cluster);
            try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
                LabEnvironment.awaitTrue(
                        app + " answers through " + proxy,
                        Duration.ofSeconds(5),
                        () -> traffic.requestsAnsweredBy(app) > 0);
                traffic.assertNothingLost();
            }
            ClusterTeardown.assertNothingLeft(cluster);
        } finally {
            world.down();
        }
    }

    /** On a node of the lab, beside its Apache, since a machine with systemd suffices. */
    @Order(20)
    @Tag("long")
    @Test
    void runsAWorkerUnderItsSystemdUnit() throws IOException {
        assumeTrue(
                ROOT, "Not tested: machines with systemd need root, since nobody else may hand them control groups.");
        LabEnvironment world = LabEnvironment.up(Map.of("SLUICE_LAB_INIT", "systemd"));
        try {
            DemoCluster cluster = new DemoCluster(world);
            cluster.ensureTemplates();
            deploy("app", world);
            WorkerUnit unit = new WorkerUnit(
                    world, world.droplets("state:ready").iterator().next());
            unit.install();

            unit.assertReadyWithin(60);
            assertThat(unit.process())
                    .contains("owner sluice\n", "CapBnd:\t0000000000000000\n", "NoNewPrivs:\t1\n", "Seccomp:\t2\n");

            unit.kill();
            unit.assertReadyWithin(60);
            assertThat(unit.show("NRestarts")).isEqualTo("1");

            unit.systemctl("stop");
            assertThat(unit.show("Result")).isEqualTo("success");
            assertThat(unit.show("ExecMainStatus")).isEqualTo("143");

            unit.appendSetting("SLUICE_DO_TOKEN_FILE=/nowhere");
            unit.systemctl("start");
            LabEnvironment.awaitTrue(
                    "the unit gives up",
                    Duration.ofSeconds(30),
                    () -> unit.show("ActiveState").equals("failed"));
            assertThat(unit.show("ExecMainStatus")).isEqualTo("2");
            assertThat(unit.show("NRestarts")).isEqualTo("0");
            assertThat(unit.journal()).contains("SLUICE_DO_TOKEN_FILE: /nowhere cannot be read");
        } finally {
            world.down();
        }
    }

    /** The first proxy ends ready; the run of the first app puts it into service. */
    private static void deploy(String role, LabEnvironment world) {
        SluiceProcess.ProcessOutcome deploy =
                world.requireSuccess(SluiceProcess.runSluice("deploy", "--role", role, "--reason", "systemd"));
        System.out.printf(
                "on systemd: deploy --role %s took %.1f s%n",
                role, deploy.took().toMillis() / 1000.0);
    }

    /** The one node of that role that serves; its process 1 is systemd. */
    private static String onSystemd(String role, DemoCluster cluster) {
        assertThat(cluster.inService(role)).as(role).hasSize(1);
        String node = cluster.inService(role).iterator().next();
        SluiceProcess.ProcessOutcome first =
                cluster.world().requireSuccess(SluiceProcess.runSluice("ssh", node, "ps -o comm= -p 1"));
        assertThat(first.out().strip()).as("process 1 on " + node).isEqualTo("systemd");
        return node;
    }
}
