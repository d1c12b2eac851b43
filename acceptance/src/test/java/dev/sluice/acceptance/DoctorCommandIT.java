package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.UnreachableNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor on a healthy cluster and on one with broken links. */
@Tag("long")
@ExtendWith(ServingClusterExtension.class)
@Order(50)
class DoctorCommandIT {
    @Order(40)
    @Test
    void reportsOkForEachLinkOfAHealthyCluster(DemoCluster cluster) {
        SluiceProcess.ProcessOutcome doctor = SluiceProcess.runSluice("doctor");

        assertThat(doctor.exit()).as(doctor.transcript()).isZero();
        assertThat(doctor.out().lines())
                .as(doctor.transcript())
                .hasSizeGreaterThan(25)
                .allMatch(line -> line.matches("ok .*||No checked link would stop a deployment\\."));
    }

    @Order(20)
    @Test
    void reportsAManualChangeOfTheFilesOfAProxy(DemoCluster cluster) {
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

    @Order(30)
    @Test
    @SuppressWarnings("try") // the proxy is away for the length of its block
    void reportsAnUnreachableProxyAndExaminesTheOthers(DemoCluster cluster) {
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

    @Order(10)
    @Test
    void reportsTheMissingScopesOfAReadOnlyToken(DemoCluster cluster) {
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
