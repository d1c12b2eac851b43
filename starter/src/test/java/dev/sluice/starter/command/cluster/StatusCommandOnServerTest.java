package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnRealServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestClusters;
import dev.sluice.starter.command.run.FakeChangeRole;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, since only that one lists runs and workers. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
final class StatusCommandOnServerTest {
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

    private static void shows(ClusterReport report) {
        SERVER.offer(ShowCluster.class, () -> (file, plan) -> report);
    }

    /** A run that waits for an approval, as the server's list shows it a moment later. */
    private String changeThatWaits() {
        SERVER.offer(FakeChangeRole.class);
        String id = "change/%s/app".formatted(cluster);
        assertThat(SERVER.run(cli(), "deploy", "--role", "app", "--reason", "waits")
                        .code())
                .isEqualTo(6);
        SERVER.await(() -> SERVER.run(cli(), "list", "--cluster", cluster).out().contains(id));
        return id;
    }

    @Test
    void showsEachNodeOfAHealthyCluster() {
        shows(TestClusters.healthy());

        CliOutcome status = SERVER.run(cli(), "status");

        assertThat(status.code()).as(status.all()).isZero();
        assertThat(status.out().lines().filter(line -> line.contains("in service")))
                .hasSize(3)
                .anyMatch(line -> line.contains("hello-proxy-abcd") && line.contains("10.77.0.10"))
                .anyMatch(line -> line.contains("hello-app-2mq8") && line.contains("239"));
        assertThat(status.out()).contains("SluiceCluster%3D%22" + cluster + "%22");
    }

    @Test
    void exitsWithEightIfAMemberIsEjected() {
        shows(TestClusters.ejected());

        CliOutcome status = SERVER.run(cli(), "status");

        assertThat(status.code()).isEqualTo(8);
        assertThat(status.out()).contains("52 of 60 answers were 500", "sluice readmit hello-app-9xd2");
    }

    @Test
    void exitsWithEightIfAPartCannotBeRead() {
        shows(TestClusters.unknown("records: ns1.example timed out"));

        CliOutcome status = SERVER.run(cli(), "status");

        assertThat(status.code()).isEqualTo(8);
        assertThat(status.out()).contains("? records: ns1.example timed out");
    }

    @Test
    void showsTheRunsThatAreOpen() {
        shows(TestClusters.healthy());
        String id = changeThatWaits();

        CliOutcome status = SERVER.run(cli(), "status");
        JsonNode json = SERVER.run(cli(), "status", "--output", "json").json();

        assertThat(status.code()).isZero();
        assertThat(status.out()).contains(id + "@", "/workflows/change%2F" + cluster + "%2Fapp");
        assertThat(json.path("world").path("nodes").size()).isEqualTo(3);
        assertThat(json.path("open").path(0).path("run").path("id").asText()).isEqualTo(id);
        assertThat(json.path("open").path(0).path("status").asText()).isEqualTo("running");
    }

    /** It has no search attribute and an input that no worker can read, and holds the role's lock. */
    @Test
    void callsARunThatAnotherToolStartedStuck() {
        shows(TestClusters.healthy());
        SERVER.offer(FakeChangeRole.class);
        String id = "change/%s/app".formatted(cluster);
        SERVER.start(ChangeRole.class, id, "no plan");

        SERVER.await(() -> SERVER.run(cli(), "status").out().contains("Stuck: " + id));

        assertThat(SERVER.run(cli(), "status").out()).contains("Running: " + id, "a-run-is-stuck");
        SERVER.client().newUntypedWorkflowStub(id).terminate("seen");
    }

    @Test
    void showsNoRunOfAnotherCluster() throws IOException {
        shows(TestClusters.healthy());
        String id = changeThatWaits();

        assertThat(SERVER.writeCluster(directory)).isNotEqualTo(cluster);
        CliOutcome status = SERVER.run(cli(), "status");

        assertThat(status.out()).contains("hello-app-2mq8").doesNotContain(id);
    }

    @Test
    void exitsWithTheCodeOfAFailedInspection() {
        SERVER.offer(ShowCluster.class, () -> (file, plan) -> {
            throw TypedFailures.of(FailureType.CLOUD_DENIED, "DigitalOcean answers 401");
        });

        CliOutcome status = SERVER.run(cli(), "status");

        assertThat(status.code()).isEqualTo(4);
        assertThat(status.err()).contains("DigitalOcean answers 401.");
        assertThat(status.out()).isEmpty();
    }
}
