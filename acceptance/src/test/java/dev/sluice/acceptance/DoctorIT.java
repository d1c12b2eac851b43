package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The doctor over a serving cluster, and links of it that really are broken. */
@Tag("long")
@ExtendWith(WithLab.class)
class DoctorIT {
    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aServingClusterIsOkInEveryLine(Cluster cluster) {
        Product.Outcome doctor = Product.sluice("doctor");

        assertThat(doctor.exit()).as(doctor.all()).isZero();
        assertThat(doctor.out().lines())
                .as(doctor.all())
                .hasSizeGreaterThan(25)
                .allMatch(line -> line.matches("ok .*||Nothing that was asked would stop a deployment\\."));
    }

    @Test
    void anotherHandInAProxysFilesIsNamed(Cluster cluster) {
        World world = cluster.world();
        String proxy = List.copyOf(cluster.inService("proxy")).get(1);
        String file = "/etc/apache2/sites-enabled/hello.conf";
        world.must(Product.sluice("ssh", proxy, "cp -p " + file + " /root/kept && echo '# mine' >>" + file));
        try {
            Product.Outcome doctor = Product.sluice("doctor");

            assertThat(doctor.exit()).as(doctor.all()).isZero();
            assertThat(doctor.out()).contains("!!  " + proxy).contains(file + ": not as rendered");
        } finally {
            world.must(Product.sluice("ssh", proxy, "mv /root/kept " + file));
        }
    }

    @Test
    @SuppressWarnings("try") // the proxy is away for the length of its block
    void aProxyThatIsAwayStopsAndTheOthersAreAskedAllTheSame(Cluster cluster) {
        World world = cluster.world();
        String proxy = List.copyOf(cluster.inService("proxy")).get(1);
        try (Unreachable silent = new Unreachable(world, proxy)) {
            Product.Outcome doctor = Product.sluice("doctor");

            assertThat(doctor.exit()).as(doctor.all()).isEqualTo(8);
            assertThat(doctor.out()).contains("no  " + proxy).containsPattern("ok  clocks");
            assertThat(doctor.out().lines().filter(line -> line.startsWith("no")))
                    .as(doctor.all())
                    .allMatch(line -> line.contains(proxy));
        }
    }

    @Test
    void aTokenThatMayOnlyReadLacksItsScopes(Cluster cluster) {
        World world = cluster.world();
        world.killWorkers();
        try {
            world.worker(Map.of("SLUICE_DO_TOKEN", world.get("SLUICE_DO_TOKEN") + "-read-only"));
            Product.Outcome doctor = Product.sluice("doctor");

            assertThat(doctor.exit()).as(doctor.all()).isEqualTo(8);
            assertThat(doctor.out()).contains("no  token scopes       the token lacks droplet:create");
        } finally {
            world.killWorkers();
            world.worker();
            world.worker();
        }
    }
}
