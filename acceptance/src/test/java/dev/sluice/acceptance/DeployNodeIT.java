package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServingClusterExtension.class)
@SuppressWarnings("try") // a fault is in force for the length of its block, and nobody asks it anything
@Order(30)
class DeployNodeIT {
    @Order(10)
    @Test
    void deploysAndRetiresANodeWithoutALostRequest(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.ProcessOutcome deploy =
                    world.requireSuccess(SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "one more"));
            String node = cluster.newDroplet(before);
            assertThat(deploy.transcript()).contains("In service after", "sluice retire " + node);
            assertThat(deploy.took()).as(deploy.transcript()).isLessThan(Duration.ofMinutes(1));
            SluiceProcess.ProcessOutcome audit =
                    world.requireSuccess(SluiceProcess.runSluice("audit", "change/hello/app"));
            assertThat(audit.out()).contains("✔ passed the gate before it took traffic", "0 broken, 0 unknown");
            LabEnvironment.awaitTrue(
                    node + " answers", Duration.ofSeconds(5), () -> traffic.requestsAnsweredBy(node) > 0);

            SluiceProcess.ProcessOutcome retire =
                    world.requireSuccess(SluiceProcess.runSluice("retire", node, "--reason", "no longer needed"));
            assertThat(retire.transcript()).contains(node);
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Order(30)
    @Test
    void keepsABrokenNodeOutAndRestoresEverything(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        world.requireSuccess(SluiceProcess.runSluice("lab", "break", "wrong-package-version", "--next", "hello-app"));
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.ProcessOutcome deploy =
                    SluiceProcess.runSluice("deploy", "--role", "app", "--reason", "this one is broken");

            assertThat(deploy.exit()).as(deploy.transcript()).isEqualTo(1);
            assertThat(deploy.transcript()).contains("Not deployed, everything is as before", "apache2");
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Order(40)
    @Test
    void rollsBackANodeThatFailsItsProbationWithoutALostRequest(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess running =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "it falls ill");
            String node = cluster.awaitNewDroplet(before);
            world.awaitPhase(node, "join cluster");
            try (InjectedFault ill = InjectedFault.of(world, "app-answers-500", node)) {
                SluiceProcess.ProcessOutcome deploy = running.awaitEnd();

                assertThat(deploy.exit()).as(deploy.transcript()).isEqualTo(1);
                assertThat(deploy.transcript())
                        .contains("✘ probation", "Not deployed, everything is as before", "500", node);
            }
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    @Order(20)
    @Tag("long")
    @Test
    void connectsAProxyAndAnAppDeployedAtTheSameTime(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            SluiceProcess.RunningProcess proxy =
                    SluiceProcess.startSluice("deploy", "--role", "proxy", "--reason", "beside an app");
            SluiceProcess.RunningProcess app =
                    SluiceProcess.startSluice("deploy", "--role", "app", "--reason", "beside a proxy");
            world.requireSuccess(proxy.awaitEnd());
            world.requireSuccess(app.awaitEnd());

            Set<String> fresh = new TreeSet<>(world.droplets());
            fresh.removeAll(before.getOrDefault("droplets", Set.of()));
            assertThat(fresh).hasSize(2).isSubsetOf(world.droplets("state:in-service"));
            String newApp = fresh.stream()
                    .filter(name -> name.contains("-app-"))
                    .findFirst()
                    .orElseThrow();
            String newProxy = fresh.stream()
                    .filter(name -> name.contains("-proxy-"))
                    .findFirst()
                    .orElseThrow();
            SluiceProcess.ProcessOutcome members =
                    world.requireSuccess(SluiceProcess.runSluice("ssh", newProxy, "ls", "/etc/sluice/members"));
            assertThat(members.out()).contains(newApp + ".conf");
            world.requireSuccess(SluiceProcess.runSluice("retire", newApp, "--reason", "tidy"));
            world.requireSuccess(SluiceProcess.runSluice("retire", newProxy, "--reason", "tidy"));
            traffic.assertNothingLost();
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }
}
