package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change without a worker, and with a worker whose token lacks the permission. */
@ExtendWith(ServingClusterExtension.class)
@Order(110)
class WorkerCredentialsIT {
    private static final String RUN = "change/hello/app";
    private static final String CONFIG = "/etc/ssh/sshd_config.d/10-sluice.conf";
    private static final String FOREIGN_KEY = "ssh-keygen -q -t ed25519 -N '' -f /root/foreign && cp " + CONFIG
            + " /root/own.conf && echo HostKey /root/foreign >" + CONFIG + " && systemctl reload ssh";
    private static final String OWN_KEY =
            "cp /root/own.conf " + CONFIG + " && rm -f /root/foreign* /root/own.conf && systemctl reload ssh";

    @Order(20)
    @Test
    void endsARunUnchangedIfTheTokenMayNotWrite(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        world.killWorkers();
        try {
            SluiceProcess.ProcessOutcome nobody =
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "nobody works");
            assertThat(nobody.exit()).as(nobody.transcript()).isEqualTo(6);
            assertThat(nobody.transcript()).contains("No worker", "sluice worker");

            world.startWorker(Map.of("SLUICE_DO_TOKEN", "wrong"));
            SluiceProcess.ProcessOutcome denied = SluiceProcess.runSluice("watch", RUN);
            assertThat(denied.exit()).as(denied.transcript()).isEqualTo(4);
            assertThat(denied.transcript()).contains("token");
            assertThat(denied.transcript()).doesNotContain(world.setting("SLUICE_DO_TOKEN"));

            world.killWorkers();
            world.startWorker(Map.of("SLUICE_DO_TOKEN", world.setting("SLUICE_DO_TOKEN") + "-read-only"));
            SluiceProcess.ProcessOutcome readOnly =
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "it may only read");
            assertThat(readOnly.exit()).as(readOnly.transcript()).isEqualTo(4);
            assertThat(readOnly.transcript()).contains("token");
        } finally {
            world.killWorkers();
            world.startWorker();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** Starts a new worker, since an old one may hold a connection whose host key it has verified. */
    @Order(10)
    @Test
    void refusesAProxyWithAForeignHostKey(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        String faulty = List.copyOf(cluster.inService("proxy")).get(1);
        world.requireSuccess(SluiceProcess.runSluice("ssh", faulty, FOREIGN_KEY));
        try {
            world.killWorkers();
            world.startWorker();

            SluiceProcess.ProcessOutcome outcome =
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "another machine answers");

            assertThat(outcome.exit()).as(outcome.transcript()).isEqualTo(1);
            assertThat(outcome.transcript()).contains(faulty, "does not prove to be this node");
            assertThat(world.accountContents()).isEqualTo(before);
        } finally {
            world.requireSuccess(world.sshWithoutAnyTrust(faulty, OWN_KEY));
        }
    }
}
