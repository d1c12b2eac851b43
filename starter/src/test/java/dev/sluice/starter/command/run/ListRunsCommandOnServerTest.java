package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnRealServer;
import dev.sluice.starter.CliRunner;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a real server, since only that one lists runs; also how a part of a run ID names a run. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
final class ListRunsCommandOnServerTest {
    @RegisterExtension
    static final CliOnRealServer SERVER = new CliOnRealServer();

    @TempDir
    Path directory = Path.of("");

    private String cluster = "";
    private String id = "";

    @BeforeEach
    void namesACluster() throws IOException {
        cluster = SERVER.writeCluster(directory);
        id = "change/%s/app".formatted(cluster);
        SERVER.offer(FakeChangeRole.class).offer(EjectNode.class, () -> plan -> new EjectReport("ejected", List.of()));
    }

    private CliRunner cli() {
        return SERVER.cli().in(directory);
    }

    /** Deploys and waits until the list shows so many runs of the role; returns the run's own ID. */
    private String deploy(String reason, int code, int listed) {
        CliOutcome deploy = SERVER.run(cli(), "deploy", "--role", "app", "--reason", reason);
        assertThat(deploy.code()).as(deploy.all()).isEqualTo(code);
        SERVER.await(() -> list().size() == listed);
        return SERVER.runIdOf(id);
    }

    private JsonNode list(String... options) {
        String[] words = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("list", "--cluster", cluster, "--output", "json"),
                        java.util.stream.Stream.of(options))
                .toArray(String[]::new);
        CliOutcome list = SERVER.run(cli(), words);
        assertThat(list.code()).as(list.all()).isZero();
        return list.json();
    }

    private static List<String> statuses(JsonNode runs) {
        List<String> statuses = new java.util.ArrayList<>();
        runs.forEach(run -> statuses.add(run.path("status").asText()));
        return statuses;
    }

    @Test
    void listsOpenRunsFirstThenTheNewest() {
        deploy("gate closed", 1, 1);
        deploy("works", 0, 2);
        String open = deploy("waits", 6, 3);
        SERVER.await(() -> statuses(list()).equals(List.of("running", "completed", "failed")));

        JsonNode first = list().path(0);

        assertThat(first.path("run").path("id").asText()).isEqualTo(id);
        assertThat(first.path("run").path("runId").asText()).isEqualTo(open);
        assertThat(first.path("type").asText()).isEqualTo("ChangeRole");
        assertThat(first.path("cluster").asText()).isEqualTo(cluster);
        assertThat(first.path("role").asText()).isEqualTo("app");
        assertThat(first.path("ended").isNull()).isTrue();
        assertThat(first.path("stuck").asBoolean(true)).isFalse();
        assertThat(statuses(list("--limit", "2"))).containsExactly("running", "completed");
    }

    @Test
    void printsALineForEachRun() {
        String run = deploy("works", 0, 1);
        SERVER.await(() -> statuses(list()).equals(List.of("completed")));

        CliOutcome list = SERVER.run(cli(), "list", "--cluster", cluster);

        assertThat(list.out().lines())
                .singleElement()
                .asString()
                .startsWith("%s@%s  ChangeRole".formatted(id, run.substring(run.length() - 6)))
                .endsWith("completed");
        assertThat(list.err()).contains("/workflows?query=");
    }

    @Test
    void listsShortRunsOnlyIfAsked() {
        assertThat(SERVER.run(cli(), "eject", cluster + "-app-k3f9", "--reason", "slow")
                        .code())
                .isZero();
        SERVER.await(() -> list("--all").size() == 1);

        assertThat(list("--all").path(0).path("type").asText()).isEqualTo("EjectNode");
        assertThat(list().size()).isZero();
    }

    @Test
    void namesTheFirstCommandIfThereIsNoRun() {
        CliOutcome list = SERVER.run(cli(), "list", "--cluster", "it's \\ none");

        assertThat(list.code()).as(list.all()).isZero();
        assertThat(list.out()).contains("namespace sluice", "sluice deploy --role app --dry-run");
    }

    @Test
    void findsAnEarlierRunByAPartOfItsRunId() {
        String failed = deploy("gate closed", 1, 1);
        String done = deploy("works", 0, 2);

        CliOutcome byEnd =
                SERVER.run(cli(), "show", id + "@" + failed.substring(failed.length() - 6), "--output", "json");
        assertThat(byEnd.code()).as(byEnd.all()).isZero();
        assertThat(byEnd.json().path("outcome").asText()).isEqualTo("RESTORED");
        assertThat(SERVER.run(cli(), "show", id + "@" + failed, "--output", "json")
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("RESTORED");
        assertThat(SERVER.run(cli(), "show", id + "@" + done.substring(done.length() - 6), "--output", "json")
                        .json()
                        .path("outcome")
                        .asText())
                .isEqualTo("DONE");
    }

    @Test
    void rejectsAPartThatFitsNoRun() {
        deploy("works", 0, 1);
        String latest = deploy("gate closed", 1, 2);

        CliOutcome none = SERVER.run(cli(), "show", id + "@zzzzzz");

        assertThat(none.code()).isEqualTo(2);
        assertThat(none.err()).contains(id + "@zzzzzz", id + "@" + latest.substring(latest.length() - 6));
    }

    @Test
    void prefersTheLatestRunAmongThoseThatAPartFits() {
        deploy("gate closed", 1, 1);
        deploy("works", 0, 2);

        CliOutcome any = SERVER.run(cli(), "show", id + "@", "--output", "json");

        assertThat(any.json().path("outcome").asText()).isEqualTo("DONE");
    }
}
