package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.ExternalServers;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.TemporalServer;
import dev.sluice.workflows.SluiceAttributes;
import io.temporal.client.WorkflowExecutionMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Expiry dates are checked and operators are notified, from the cluster file to the webhook. */
@ExtendWith(ServingClusterExtension.class)
@Order(800)
class ExpiryWatchIT {
    private static final int DAYS = 5;
    private static final String RUN = "change/hello/app";
    private static final String PASSES = "TemporalScheduledById = 'expiry/hello'";

    @Test
    void notifiesOfAFindingOnceADayAndKeepsAPauseThroughChanges(DemoCluster cluster) throws IOException {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        try (ExternalServers outside = ExternalServers.start(world, DAYS)) {
            String file = watched(cluster, outside).toString();
            SluiceProcess.ProcessOutcome waits =
                    sluice(file, "deploy", "--role", "app", "--accept-config", "--needs-approval");
            assertThat(waits.exit()).as(waits.transcript()).isEqualTo(6);
            world.requireSuccess(approve(outside));
            world.requireSuccess(SluiceProcess.runSluice("watch", RUN));

            assertThat(world.requireSuccess(SluiceProcess.runSluice("--file", file, "schedule", "list"))
                            .out())
                    .containsPattern("expiry +2 h");
            world.requireSuccess(sluice(file, "schedule", "pause", "expiry"));
            pass(world, file);
            pass(world, file);
            toldOncePerFindingAndDay(cluster, outside.messages("findings"));
            readsTheTable(SluiceProcess.runSluice("--file", file, "expiry"));

            cancelled(cluster, file);
            assertThat(outside.messages("change-failed"))
                    .singleElement()
                    .satisfies(told -> assertThat(told.path("title").asText())
                            .isEqualTo("hello: %s failed; everything is as before".formatted(RUN)));

            world.requireSuccess(SluiceProcess.runSluice(
                    "retire", cluster.newDroplet(before), "--accept-config", "--reason", "with the demo's file"));
            assertThat(world.requireSuccess(SluiceProcess.runSluice("schedule", "list"))
                            .out())
                    .containsPattern("expiry +60 min +\\S+ +paused +paused by \\S+: a test");
            world.requireSuccess(SluiceProcess.runSluice("schedule", "resume", "expiry"));
            // The demo's own file matches the lab: its certificate is trusted, and there are no findings.
            world.requireSuccess(SluiceProcess.runSluice("expiry"));
        }
        assertThat(world.accountContents()).isEqualTo(before);
    }

    /** The cluster's file with dates to check at servers of this test, and with a webhook. */
    private static Path watched(DemoCluster cluster, ExternalServers outside) throws IOException {
        LabEnvironment world = cluster.world();
        Path secret = Path.of(world.setting("SLUICE_SECRETS"), "ops-webhook");
        Files.deleteIfExists(secret);
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, outside.webhook() + "\n");
        Path file = cluster.copyWith(
                text -> text.replaceFirst("(?s)\nexpiry:.*", "\n") + """
                expiry:
                  every: 2h
                  authorities: authority.pem
                  registries: %s
                  renew: certbot renew
                  names:
                    - {name: www.hello.example, warn: 100}
                  domains:
                    - {name: hello.example, renew: ask ana}
                notices:
                  webhook: ops-webhook
                """.formatted(outside.registries()));
        Files.copy(Path.of(world.setting("SLUICE_SITE_CA")), file.resolveSibling("authority.pem"));
        return file;
    }

    private static SluiceProcess.ProcessOutcome sluice(String file, String... words) {
        List<String> all = new ArrayList<>(List.of("--file", file));
        all.addAll(List.of(words));
        all.addAll(List.of("--reason", "a test"));
        return SluiceProcess.runSluice(all.toArray(String[]::new));
    }

    /** Runs the command that the message names. */
    private static SluiceProcess.ProcessOutcome approve(ExternalServers outside) {
        LabEnvironment.awaitTrue(
                "people hear of it",
                Duration.ofSeconds(10),
                () -> !outside.messages("approval-waits").isEmpty());
        assertThat(outside.messages("approval-waits")).hasSize(1);
        Matcher command = Pattern.compile("sluice approve (\\S+) --plan ([0-9a-f]+) ")
                .matcher(outside.messages("approval-waits").get(0).path("lines").toString());
        assertThat(command.find()).isTrue();
        return SluiceProcess.runSluice("approve", command.group(1), "--plan", command.group(2), "--reason", "a test");
    }

    /** One pass of the schedule, to its end; the nearest date is its search attribute. */
    private static void pass(LabEnvironment world, String file) {
        TemporalServer temporal = new TemporalServer(world);
        LabEnvironment.awaitTrue(
                "no pass goes on",
                Duration.ofSeconds(20),
                () -> temporal.runs(PASSES + " AND ExecutionStatus = 'Running'").isEmpty());
        int before = temporal.runs(PASSES).size();
        world.requireSuccess(SluiceProcess.runSluice("--file", file, "schedule", "run", "expiry"));
        LabEnvironment.awaitTrue(
                "one more pass",
                Duration.ofSeconds(20),
                () -> temporal.runs(PASSES + " AND ExecutionStatus = 'Completed'")
                                .size()
                        == before + 1);
        WorkflowExecutionMetadata newest = temporal.runs(PASSES).get(0);
        assertThat(newest.getTypedSearchAttributes()
                        .get(SluiceAttributes.EXPIRES_AT)
                        .toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(DAYS - 1)),
                        Instant.now().plus(Duration.ofDays(DAYS)));
    }

    private static void toldOncePerFindingAndDay(DemoCluster cluster, List<JsonNode> messages) {
        List<String> told = new ArrayList<>();
        messages.forEach(message -> message.path("lines")
                .forEach(line -> told.add(message.path("at").asText().substring(0, 10) + " " + line.asText())));
        assertThat(told).doesNotHaveDuplicates().anyMatch(line -> line.contains("critical: domain hello.example"));
        for (String proxy : cluster.inService("proxy")) {
            assertThat(told)
                    .anyMatch(line -> line.contains("warn: certificate www.hello.example (%s ".formatted(proxy))
                            && line.contains("in 89 days, expected at least 100. Renew it with: certbot renew"));
        }
        assertThat(told.stream().map(line -> line.replaceFirst(".{11}", "")).distinct())
                .as(told.toString())
                .hasSize(1 + cluster.inService("proxy").size());
    }

    private static void readsTheTable(SluiceProcess.ProcessOutcome table) {
        assertThat(table.exit()).as(table.transcript()).isEqualTo(8);
        assertThat(table.out())
                .containsPattern("✘ +critical +domain +hello.example .*expected at least 7\\. Renew it: ask ana")
                .containsPattern("! +warn +certificate +www.hello.example +hello-proxy-\\S+ .*:443 ")
                .containsPattern("✔ +ok +template ")
                .contains("The nearest date is ");
    }

    private static void cancelled(DemoCluster cluster, String file) {
        LabEnvironment world = cluster.world();
        Map<String, Set<String>> before = world.accountContents();
        SluiceProcess.RunningProcess deploy = SluiceProcess.startSluice(
                "--file", file, "deploy", "--role", "app", "--reason", "it does not come to that");
        cluster.awaitNewDroplet(before);
        world.cancelRun(RUN);
        SluiceProcess.ProcessOutcome end = deploy.awaitEnd();
        assertThat(end.exit()).as(end.transcript()).isEqualTo(1);
    }
}
