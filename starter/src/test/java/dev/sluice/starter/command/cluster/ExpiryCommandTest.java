package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpiryCommandTest {
    private static final Path SAMPLE = Path.of("src/test/resources/hello");

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @TempDir
    Path directory = Path.of("");

    private void finds(CheckStatus status) {
        server.offer(CheckExpiry.class, () -> plan -> {
            if (plan.tell()) {
                throw new IllegalStateException("An operator reads the findings without a notice");
            }
            return new ExpiryReport(
                    Instant.parse("2026-11-22T12:00:00Z"),
                    List.of(new ExpiryFinding(
                            ExpiryKind.DOMAIN,
                            "%s.example".formatted(plan.file().name()),
                            "rdap.example",
                            status,
                            Optional.of(Instant.parse("2031-05-31T12:00:00Z")),
                            "1650 days left")),
                    List.of(),
                    Map.of(),
                    List.of());
        });
    }

    @ParameterizedTest
    @CsvSource({"OK,0", "NOT_APPLICABLE,0", "WARN,8", "CRITICAL,8", "UNKNOWN,8"})
    void exitsWithEightOnlyWithFindings(CheckStatus status, int code) {
        finds(status);

        CliOutcome expiry = server.run("expiry");

        assertThat(expiry.code()).as(expiry.all()).isEqualTo(code);
        assertThat(expiry.out()).contains("hello.example", "rdap.example", "2031-05-31", "1650 days left");
        assertThat(expiry.err()).contains("/workflows/expiry%2Fhello%2F");
    }

    @Test
    void printsEachDateAsJson() {
        finds(CheckStatus.WARN);

        CliOutcome expiry = server.run("expiry", "--output", "json");

        JsonNode found = expiry.json().path("found").path(0);
        assertThat(found.path("kind").asText()).isEqualTo("DOMAIN");
        assertThat(found.path("name").asText()).isEqualTo("hello.example");
        assertThat(found.path("status").asText()).isEqualTo("WARN");
        assertThat(found.path("until").asText()).isEqualTo("2031-05-31T12:00:00Z");
        assertThat(found.path("strikes").asInt()).isEqualTo(1);
        assertThat(expiry.json().path("at").asText()).isEqualTo("2026-11-22T12:00:00Z");
    }

    @Test
    void exitsWithTheCodeOfTheFailure() {
        server.offer(CheckExpiry.class, () -> plan -> {
            throw TypedFailures.of(FailureType.CLOUD_DENIED, "DigitalOcean answers 401");
        });

        CliOutcome expiry = server.run("expiry");

        assertThat(expiry.code()).isEqualTo(4);
        assertThat(expiry.err()).contains("Failed: DigitalOcean answers 401.");
    }

    @Test
    void rejectsAClusterFileThatWatchesNoDates() throws IOException {
        for (String name : List.of("app/site.conf.vm", "app/recipe.sh", "app/app.py", "proxy/recipe.sh")) {
            Files.createDirectories(directory.resolve(name).resolveSibling(""));
            Files.copy(SAMPLE.resolve(name), directory.resolve(name));
        }
        String sample = Files.readString(SAMPLE.resolve("sluice.yaml"));
        Files.writeString(directory.resolve("sluice.yaml"), sample.substring(0, sample.indexOf("\nexpiry:") + 1));

        CliOutcome expiry = server.run(server.cli().in(directory), "expiry");

        assertThat(expiry.code()).isEqualTo(2);
        assertThat(expiry.err()).contains("hello", "\"expiry\"", "docs/configuration.md");
        assertThat(expiry.err()).doesNotContain("Web UI");
    }
}
