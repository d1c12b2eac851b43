package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.Names;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Dates are watched and people are told, from the cluster file to the webhook. */
@ExtendWith(WithLab.class)
class WatchIT {
    private static final int DAYS = 5;
    private static final String RUN = "change/hello/app";
    private static final String PASSES = "TemporalScheduledById = 'expiry/hello'";

    @BeforeAll
    static void aServingCluster(Cluster cluster) {
        cluster.twoOfEach();
    }

    @Test
    void aChangeMakesTheWatchThatTellsEachFindingOnceADayAndAnOperatorsPauseOutlivesChanges(Cluster cluster)
            throws IOException {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        try (Outside outside = Outside.start(world, DAYS)) {
            String file = watched(cluster, outside).toString();
            Product.Outcome waits = sluice(file, "deploy", "--role", "app", "--accept-config", "--needs-approval");
            assertThat(waits.exit()).as(waits.all()).isEqualTo(6);
            world.must(approve(outside));
            world.must(Product.sluice("watch", RUN));

            assertThat(world.must(Product.sluice("--file", file, "schedule", "list"))
                            .out())
                    .containsPattern("expiry +2 h");
            world.must(sluice(file, "schedule", "pause", "expiry"));
            pass(world, file);
            pass(world, file);
            toldOncePerFindingAndDay(cluster, outside.messages("findings"));
            readsTheTable(Product.sluice("--file", file, "expiry"));

            cancelled(cluster, file);
            assertThat(outside.messages("change-failed"))
                    .singleElement()
                    .satisfies(told -> assertThat(told.path("title").asText())
                            .isEqualTo("hello: %s failed; everything is as before".formatted(RUN)));

            world.must(Product.sluice("retire", cluster.newest(before), "--reason", "with the demo's file"));
            assertThat(world.must(Product.sluice("schedule", "list")).out())
                    .containsPattern("expiry +60 min +\\S+ +paused +paused by \\S+: a test");
            world.must(Product.sluice("schedule", "resume", "expiry"));
            // The demo's own file asks for what the lab has: its certificate is trusted, and nothing is a finding.
            world.must(Product.sluice("expiry"));
        }
        assertThat(world.things()).isEqualTo(before);
    }

    /** The cluster's file with dates that are watched, at servers of this test, and people who are told. */
    private static Path watched(Cluster cluster, Outside outside) throws IOException {
        World world = cluster.world();
        Path secret = Path.of(world.get("SLUICE_SECRETS"), "ops-webhook");
        Files.deleteIfExists(secret);
        Files.createFile(secret, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secret, outside.webhook() + "\n");
        Path file =
                cluster.copy(text -> text.replaceFirst("(?s)\nexpiry:.*", "\n") + """
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
        Files.copy(Path.of(world.get("SLUICE_SITE_CA")), file.resolveSibling("authority.pem"));
        return file;
    }

    private static Product.Outcome sluice(String file, String... words) {
        List<String> all = new ArrayList<>(List.of("--file", file));
        all.addAll(List.of(words));
        all.addAll(List.of("--reason", "a test"));
        return Product.sluice(all.toArray(String[]::new));
    }

    /** Types what the message says. */
    private static Product.Outcome approve(Outside outside) {
        World.until(
                "people hear of it",
                Duration.ofSeconds(10),
                () -> !outside.messages("approval-waits").isEmpty());
        assertThat(outside.messages("approval-waits")).hasSize(1);
        Matcher command = Pattern.compile("sluice approve (\\S+) --plan ([0-9a-f]+) ")
                .matcher(outside.messages("approval-waits").get(0).path("lines").toString());
        assertThat(command.find()).isTrue();
        return Product.sluice("approve", command.group(1), "--plan", command.group(2), "--reason", "a test");
    }

    /** One pass of the schedule, to its end; the nearest date is its search attribute. */
    private static void pass(World world, String file) {
        Temporal temporal = new Temporal(world);
        World.until(
                "no pass goes on",
                Duration.ofSeconds(20),
                () -> temporal.runs(PASSES + " AND ExecutionStatus = 'Running'").isEmpty());
        int before = temporal.runs(PASSES).size();
        world.must(Product.sluice("--file", file, "schedule", "run", "expiry"));
        World.until(
                "one more pass",
                Duration.ofSeconds(20),
                () -> temporal.runs(PASSES + " AND ExecutionStatus = 'Completed'")
                                .size()
                        == before + 1);
        WorkflowExecutionMetadata newest = temporal.runs(PASSES).get(0);
        assertThat(newest.getTypedSearchAttributes().get(Names.EXPIRES_AT).toInstant())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(DAYS - 1)),
                        Instant.now().plus(Duration.ofDays(DAYS)));
    }

    private static void toldOncePerFindingAndDay(Cluster cluster, List<JsonNode> messages) {
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

    private static void readsTheTable(Product.Outcome table) {
        assertThat(table.exit()).as(table.all()).isEqualTo(8);
        assertThat(table.out())
                .containsPattern("✘ +critical +domain +hello.example .*expected at least 7\\. Renew it: ask ana")
                .containsPattern("! +warn +certificate +www.hello.example +hello-proxy-\\S+ .*:443 ")
                .containsPattern("✔ +ok +template ")
                .contains("The nearest date is ");
    }

    private static void cancelled(Cluster cluster, String file) {
        World world = cluster.world();
        Map<String, Set<String>> before = world.things();
        Product.Running deploy =
                Product.start("--file", file, "deploy", "--role", "app", "--reason", "it does not come to that");
        cluster.waitForNew(before);
        world.cancel(RUN);
        Product.Outcome end = deploy.end();
        assertThat(end.exit()).as(end.all()).isEqualTo(1);
    }
}
