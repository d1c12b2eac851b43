package dev.sluice.starter.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnRealServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.init.FakeShowAccount;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.ExamineCluster.UnknownPart;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.activity.AccountActivities.TokenScope;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The links that only a real server shows: search attributes, workers, schedules; and what a worker examines. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
final class DoctorOnServerTest {
    @RegisterExtension
    static final CliOnRealServer SERVER = new CliOnRealServer();

    @TempDir
    Path directory = Path.of("");

    private String cluster = "";

    @BeforeEach
    void namesACluster() throws IOException {
        cluster = SERVER.writeCluster(directory);
    }

    private CliRunner cli() {
        return SERVER.cli().in(directory);
    }

    private static ClusterExamination examined() {
        return new ClusterExamination(
                Instant.now(),
                Optional.empty(),
                List.of(new TokenScope("droplet:create", true, "")),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new UnknownPart("zone", "ns1.example timed out")));
    }

    private JsonNode findings() {
        CliOutcome doctor = SERVER.run(cli(), "doctor", "--output", "json");
        assertThat(doctor.code()).as(doctor.all()).isEqualTo(8);
        return doctor.json();
    }

    private static List<String> states(JsonNode findings, String what) {
        List<String> states = new ArrayList<>();
        findings.forEach(finding -> {
            if (finding.path("what").asText().equals(what)) {
                states.add(finding.path("state").asText());
            }
        });
        return states;
    }

    private static String says(JsonNode findings, String what) {
        for (JsonNode finding : findings) {
            if (finding.path("what").asText().equals(what)) {
                return finding.path("says").asText();
            }
        }
        return "";
    }

    @Test
    void examinesEveryLinkThroughAWorker() {
        SERVER.offer(FakeShowAccount.class).offer(ExamineCluster.class, () -> file -> examined());

        JsonNode findings = findings();

        assertThat(states(findings, "cluster file")).containsExactly("OK");
        assertThat(says(findings, "cluster file")).contains(cluster);
        assertThat(states(findings, "Temporal")).containsExactly("OK");
        assertThat(says(findings, "Temporal")).contains("namespace sluice", "1.32");
        assertThat(states(findings, "search attributes")).containsExactly("OK");
        assertThat(states(findings, "schedules")).containsExactly("OK");
        assertThat(states(findings, "workers")).containsExactly("OK");
        assertThat(states(findings, "domain"))
                .as("the account holds shop.example only")
                .containsExactly("STOPS");
        assertThat(states(findings, "Java")).containsExactly("OK");
        assertThat(states(findings, "DigitalOcean")).isEmpty();
    }

    @Test
    void continuesAfterAFailedLook() {
        SERVER.offer(ShowAccount.class, () -> () -> {
                    throw TypedFailures.of(FailureType.CLOUD_DENIED, "DigitalOcean answers 401");
                })
                .offer(ExamineCluster.class, () -> file -> {
                    throw TypedFailures.of(FailureType.CLOUD_REFUSED, "DigitalOcean answers 422");
                });

        JsonNode findings = findings();

        assertThat(says(findings, "DigitalOcean")).contains("DigitalOcean answers 401");
        assertThat(says(findings, "cluster")).contains("DigitalOcean answers 422");
        assertThat(states(findings, "cluster")).containsExactly("STOPS");
        assertThat(states(findings, "Java")).containsExactly("OK");
    }

    @Test
    void examinesTheAccountAlsoWithABrokenClusterFile() throws IOException {
        Files.writeString(directory.resolve("sluice.yaml"), "cluster: X\n");
        SERVER.offer(FakeShowAccount.class);

        JsonNode findings = findings();

        assertThat(states(findings, "cluster file")).contains("STOPS").doesNotContain("OK");
        assertThat(states(findings, "token")).containsExactly("OK");
        assertThat(states(findings, "DNS")).containsExactly("UNKNOWN");
        assertThat(states(findings, "schedules")).isEmpty();
    }

    @Test
    void reportsEachLinkBehindAWorkerAsUnknownWithoutOne() {
        JsonNode findings = findings();

        for (String link : List.of("DNS", "SSH", "proxies", "clocks")) {
            assertThat(states(findings, link)).as(link).containsExactly("UNKNOWN");
        }
        assertThat(states(findings, "Java")).containsExactly("OK");
    }
}
