package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** No worker, and one with a token that may not do it. */
@ExtendWith(WithLab.class)
class TrustIT {
    private static final String RUN = "change/hello/app";
    private static final String CONFIG = "/etc/ssh/sshd_config.d/10-sluice.conf";
    private static final String FOREIGN_KEY = "ssh-keygen -q -t ed25519 -N '' -f /root/foreign && cp " + CONFIG
            + " /root/own.conf && echo HostKey /root/foreign >" + CONFIG + " && systemctl reload ssh";
    private static final String OWN_KEY =
            "cp /root/own.conf " + CONFIG + " && rm -f /root/foreign* /root/own.conf && systemctl reload ssh";

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aRunWaitsForAWorkerAndOneWithAWrongTokenOrAReadOnlyOneEndsItWithNothingChanged(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        world.killWorkers();
        try {
            Product.Outcome nobody = Product.sluice("deploy", "--role", "app", "--reason", "nobody works");
            assertThat(nobody.exit()).as(nobody.all()).isEqualTo(6);
            assertThat(nobody.all()).contains("No worker", "sluice worker");

            world.worker(Map.of("SLUICE_DO_TOKEN", "wrong"));
            Product.Outcome denied = Product.sluice("watch", RUN);
            assertThat(denied.exit()).as(denied.all()).isEqualTo(4);
            assertThat(denied.all()).contains("token");
            assertThat(denied.all()).doesNotContain(world.get("SLUICE_DO_TOKEN"));

            world.killWorkers();
            world.worker(Map.of("SLUICE_DO_TOKEN", world.get("SLUICE_DO_TOKEN") + "-read-only"));
            Product.Outcome readOnly = Product.sluice("deploy", "--role", "app", "--reason", "it may only read");
            assertThat(readOnly.exit()).as(readOnly.all()).isEqualTo(4);
            assertThat(readOnly.all()).contains("token");
        } finally {
            world.killWorkers();
            world.worker();
        }
        assertThat(world.things()).isEqualTo(before);
    }

    /** A new worker, since one that was connected before knows whom it talks to. */
    @Test
    void aProxyWithAForeignHostKeyIsNotTalkedTo(Cluster cluster) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        String faulty = List.copyOf(cluster.inService("proxy")).get(1);
        world.must(Product.sluice("ssh", faulty, FOREIGN_KEY));
        try {
            world.killWorkers();
            world.worker();

            Product.Outcome outcome = Product.sluice("deploy", "--role", "app", "--reason", "another machine answers");

            assertThat(outcome.exit()).as(outcome.all()).isEqualTo(1);
            assertThat(outcome.all()).contains(faulty, "does not prove to be this node");
            assertThat(world.things()).isEqualTo(before);
        } finally {
            world.must(world.sshWithoutAnyTrust(faulty, OWN_KEY));
        }
    }
}
