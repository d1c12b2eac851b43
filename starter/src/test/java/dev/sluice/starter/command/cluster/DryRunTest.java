package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestClusters;
import dev.sluice.workflows.ShowCluster;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** {@code deploy --dry-run}: what a change would do, and that it is not started. */
final class DryRunTest {
    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @Test
    void printsThePlanAndStartsNoChange() {
        server.offer(ShowCluster.class, () -> (file, plan) -> TestClusters.healthy());

        CliOutcome preview = server.run("deploy", "--role", "app", "--count", "2", "--dry-run");

        assertThat(preview.code()).as(preview.all()).isZero();
        assertThat(preview.out()).contains("2 members → 4", "s-1vcpu-1gb", "fra1", "sluice deploy --role app");
        assertThat(server.knowsNo("change/hello/app")).isTrue();
    }

    @Test
    void sendsThePlanToTheWorkerForInspection() {
        server.offer(
                ShowCluster.class,
                () -> (file, plan) -> TestClusters.refusing(
                        plan == null
                                ? "no plan"
                                : "asked for %d".formatted(plan.nodes().size())));

        CliOutcome preview = server.run("deploy", "--role", "app", "--count", "7", "--dry-run", "--output", "json");

        assertThat(preview.code()).isEqualTo(5);
        assertThat(texts(preview.json().path("refusals"))).containsExactly("asked for 7");
        assertThat(texts(preview.json().path("lines"))).anyMatch(line -> line.contains("asked for 7"));
    }

    @Test
    void refusesWithoutATemplate() {
        server.offer(ShowCluster.class, () -> (file, plan) -> TestClusters.withoutTemplates());

        CliOutcome preview = server.run("deploy", "--role", "app", "--dry-run");

        assertThat(preview.code()).isEqualTo(5);
        assertThat(preview.out()).contains("sluice template bake --role app");
    }

    @Test
    void waitsForNoWorkerLongerThanItsPatience() {
        CliOutcome preview =
                server.run(server.cli().waiting(Duration.ofMillis(300)), "deploy", "--role", "app", "--dry-run");

        assertThat(preview.code()).isEqualTo(6);
        assertThat(preview.out()).isEmpty();
        assertThat(preview.err()).contains("\"sluice\"", "./sluice worker");
    }

    private static List<String> texts(JsonNode array) {
        java.util.ArrayList<String> texts = new java.util.ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
