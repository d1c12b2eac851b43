package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.SharedLabExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.UnreachableNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor over a serving cluster, and links of it that really are broken. */
@Tag("long")
@ExtendWith(SharedLabExtension.class)
@Order(50)
class DoctorCommandIT {
    @BeforeAll
    static void aServingCluster(DemoCluster cluster) {
        cluster.ensureTwoOfEach();
    }

    @Test
    void aServingClusterIsOkInEveryLine(DemoCluster cluster) {
        SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");

        assertThat(doctor.exit()).as(doctor.transcript()).isZero();
        assertThat(doctor.out().lines())
                .as(doctor.transcript())
                .hasSizeGreaterThan(25)
                .allMatch(line -> line.matches("ok .*||No checked link would stop a deployment\\."));
    }

    @Test
    void anotherHandInAProxysFilesIsNamed(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String proxy = List.copyOf(cluster.inService("proxy")).get(1);
        String file = "/etc/apache2/sites-enabled/hello.conf";
        world.requireSuccess(
                SluiceProcess.runSluice("ssh", proxy, "cp -p " + file + " /root/kept && echo '# mine' >>" + file));
        try {
            SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");

            assertThat(doctor.exit()).as(doctor.transcript()).isZero();
            assertThat(doctor.out()).contains("!!  " + proxy).contains(file + ": not as rendered");
        } finally {
            world.requireSuccess(SluiceProcess.runSluice("ssh", proxy, "mv /root/kept " + file));
        }
    }

    @Test
    @SuppressWarnings("try") // the proxy is away for the length of its block
    void aProxyThatIsAwayStopsAndTheOthersAreAskedAllTheSame(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String proxy = List.copyOf(cluster.inService("proxy")).get(1);
        try (UnreachableNode silent = new UnreachableNode(world, proxy)) {
            SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");

            assertThat(doctor.exit()).as(doctor.transcript()).isEqualTo(8);
            assertThat(doctor.out()).contains("no  " + proxy).containsPattern("ok  clocks");
            assertThat(doctor.out().lines().filter(line -> line.startsWith("no")))
                    .as(doctor.transcript())
                    .allMatch(line -> line.contains(proxy));
        }
    }

    @Test
    void aTokenThatMayOnlyReadLacksItsScopes(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        world.killWorkers();
        try {
            world.startWorker(Map.of("SLUICE_DO_TOKEN", world.setting("SLUICE_DO_TOKEN") + "-read-only"));
            SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");

            assertThat(doctor.exit()).as(doctor.transcript()).isEqualTo(8);
            assertThat(doctor.out()).contains("no  token scopes       the token lacks droplet:create");
        } finally {
            world.killWorkers();
            world.startWorker();
            world.startWorker();
        }
    }
}
