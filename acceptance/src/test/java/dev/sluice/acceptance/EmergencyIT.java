package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.DocumentedCommands;
import dev.sluice.acceptance.harness.InjectedFault;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.TemporalServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A member must leave the traffic although something that Sluice needs is down. */
@ExtendWith(ServingClusterExtension.class)
@Order(75)
class EmergencyIT {
    /** On a busy machine; the figure is printed. */
    private static final Duration MOST = Duration.ofSeconds(10);

    private static final Path HELLO =
            SluiceProcess.HOME.resolve("examples/hello").toAbsolutePath();

    @Order(10)
    @Test
    @SuppressWarnings("try") // the fault is in force for the length of its block
    void ejectsOnTheProxyThatAnswersAndNamesTheOneWithoutPower(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String member = cluster.inService("app").iterator().next();
        List<String> proxies = List.copyOf(cluster.inService("proxy"));
        try (InjectedFault off = InjectedFault.of(world, "off", proxies.get(1))) {
            SluiceProcess.ProcessOutcome eject = SluiceProcess.runSluice("eject", member, "--reason", "faulty");

            assertThat(eject.exit()).as(eject.transcript()).isEqualTo(10);
            assertThat(eject.out()).contains("on 1 of 2 proxies: " + proxies.get(0), "NOT done: " + proxies.get(1));
            System.out.printf(
                    "ejected with one proxy off in %d ms%n", eject.took().toMillis());
            assertThat(eject.took()).as(eject.transcript()).isLessThan(MOST);
        }

        awaitSuccess("eject", member, "--reason", "the proxy is back");
        awaitSuccess("readmit", member, "--reason", "mended");
    }

    @Order(15)
    @Tag("long")
    @Test
    @SuppressWarnings("try") // the fault is in force for the length of its block
    void ejectsThroughTheRunningApacheOfAProxyWhoseDiskIsFull(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        String member = cluster.inService("app").iterator().next();
        String proxy = List.copyOf(cluster.inService("proxy")).get(1);
        try (InjectedFault full = InjectedFault.of(world, "disk-full", proxy)) {
            SluiceProcess.ProcessOutcome eject = SluiceProcess.runSluice("eject", member, "--reason", "faulty");

            assertThat(eject.exit()).as(eject.transcript()).isEqualTo(10);
            assertThat(eject.out()).contains("NOT done: " + proxy + " forgets it at Apache's next reload");
            assertThat(eject.took()).as(eject.transcript()).isLessThan(MOST);
        }

        awaitSuccess("eject", member, "--reason", "there is room again");
        awaitSuccess("readmit", member, "--reason", "mended");
    }

    @Order(20)
    @Test
    void theCommandsOfTheEmergencyPageWorkWithTemporalStopped(DemoCluster cluster) throws IOException {
        LabEnvironment world = cluster.world();
        String member = cluster.inService("app").iterator().next();
        List<String> proxies = List.copyOf(cluster.inService("proxy"));
        DocumentedCommands first = page(world, proxies.get(0), member);
        DocumentedCommands second = page(world, proxies.get(1), member);
        TemporalServer temporal = new TemporalServer(world);
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            temporal.kill();
            try {
                for (DocumentedCommands page : List.of(first, second)) {
                    assertThat(page.runNext("sluice ssh").out()).contains(member + ".conf");
                    page.runNext("sluice ssh");
                    assertThat(page.runNext("sluice ssh").out())
                            .contains("hello-app-")
                            .doesNotContain(member);
                }
            } finally {
                temporal.startAgain();
            }
            awaitStatus("ejected");
            first.runNext("sluice readmit");
            traffic.assertNothingLost();
        }

        JsonNode records =
                new ObjectMapper().readTree(first.runNext("curl").out()).path("domain_records");
        String published = world.address(proxies.get(0)).replace("10.77.", "198.18.");
        for (JsonNode record : records) {
            if (record.path("data").asText().equals(published)) {
                first.substitute("28448433", record.path("id").asText());
            }
        }
        first.runNext("curl");
        assertThat(world.accountContents().get("records")).noneMatch(record -> record.contains(published));
        first.runNext("sluice retire");
        assertThat(first.remainingCommands()).isEmpty();
        cluster.ensureTwoOfEach();
    }

    private static DocumentedCommands page(LabEnvironment world, String proxy, String member) {
        return new DocumentedCommands("docs/how-to/emergency.md", HELLO)
                .substitute("10.114.0.21", world.address(proxy))
                .substitute("hello-proxy-k3f9", proxy)
                .substitute("hello-app-2mq8", member)
                .export("SLUICE_DO_TOKEN", world.setting("SLUICE_DO_TOKEN"))
                .substitute("https://api.digitalocean.com", world.setting("SLUICE_DO_API"));
    }

    private static void awaitStatus(String words) {
        LabEnvironment.awaitTrue(
                "status says " + words,
                Duration.ofMinutes(1),
                () -> SluiceProcess.runSluice("status").out().contains(words));
    }

    private static void awaitSuccess(String... words) {
        LabEnvironment.awaitTrue(
                String.join(" ", words),
                Duration.ofMinutes(1),
                () -> SluiceProcess.runSluice(words).exit() == 0);
    }
}
