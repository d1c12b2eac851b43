package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.MemberFault;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One of three app servers fails under 100 requests/s through two proxies: few requests are lost before anyone acts, and
 * {@code eject} takes at most 5 s. The tests run first in their lab, so that the proxies have not reloaded at their begin.
 */
@ExtendWith(ServingClusterExtension.class)
@Order(5)
class MemberFaultIT {
    private static final Duration MOST = Duration.ofSeconds(5);
    /** For so many requests the fault is in force before it is ejected: 15 s. */
    private static final long REQUESTS = 1500;

    @Order(10)
    @Test
    void losesFewRequestsToAPoweredOffMemberOfProxiesThatNeverReloaded(DemoCluster cluster) throws Exception {
        assertThat(reloads(cluster)).containsOnly("0");
        costsFewRequests(MemberFault.POWERED_OFF, cluster);
        assertThat(reloads(cluster)).containsOnly("0");
    }

    @Order(20)
    @Tag("long")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "POWERED_OFF")
    void losesFewRequestsToAnyFaultyMemberOfProxiesThatNeverReloaded(MemberFault fault, DemoCluster cluster)
            throws Exception {
        costsFewRequests(fault, cluster);
        assertThat(reloads(cluster)).containsOnly("0");
    }

    @Order(30)
    @Test
    void losesFewRequestsToAFrozenMemberAfterAReload(DemoCluster cluster) throws Exception {
        reload(cluster);
        costsFewRequests(MemberFault.FROZEN, cluster);
    }

    @Order(40)
    @Tag("long")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FROZEN")
    void losesFewRequestsToAnyFaultyMemberAfterAReload(MemberFault fault, DemoCluster cluster) throws Exception {
        reload(cluster);
        costsFewRequests(fault, cluster);
    }

    private static void costsFewRequests(MemberFault fault, DemoCluster cluster) throws Exception {
        LabEnvironment world = cluster.world();
        cluster.ensureApps(3);
        // Else the check would eject the member before the operator does.
        world.requireSuccess(SluiceProcess.runSluice("schedule", "pause", "check", "--reason", "the operator acts"));
        String member = Set.copyOf(cluster.inService("app")).iterator().next();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            fault.during(world, member, () -> {
                long sent = traffic.figure("requests");
                LabEnvironment.awaitTrue(
                        "15 s of traffic", Duration.ofMinutes(2), () -> traffic.figure("requests") > sent + REQUESTS);
                SluiceProcess.ProcessOutcome eject =
                        world.requireSuccess(SluiceProcess.runSluice("eject", member, "--reason", "faulty"));
                System.out.printf(
                        "%s: %d of %d requests lost, ejected in %d ms%n",
                        fault,
                        traffic.figure("failed"),
                        traffic.figure("requests"),
                        eject.took().toMillis());
                assertThat(traffic.figure("failed")).as(traffic.toString()).isLessThanOrEqualTo(fault.atMost());
                assertThat(eject.took()).isLessThan(MOST);
            });
        }
        LabEnvironment.awaitTrue(
                member + " is readmitted",
                Duration.ofMinutes(1),
                () -> SluiceProcess.runSluice("readmit", member, "--reason", "mended")
                                .exit()
                        == 0);
        world.requireSuccess(SluiceProcess.runSluice("schedule", "resume", "check"));
    }

    private static void reload(DemoCluster cluster) {
        for (String proxy : cluster.inService("proxy")) {
            cluster.world().requireSuccess(SluiceProcess.runSluice("ssh", proxy, "apachectl graceful"));
        }
    }

    /** How often each proxy's Apache has reloaded. */
    private static List<String> reloads(DemoCluster cluster) {
        return cluster.inService("proxy").stream()
                .map(proxy -> cluster.world()
                        .requireSuccess(SluiceProcess.runSluice(
                                "ssh", proxy, "cat /var/log/apache2/error.log* | grep -c AH00493 || true"))
                        .out()
                        .strip())
                .toList();
    }
}
