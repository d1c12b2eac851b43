package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchCommandTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void changeWaits() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"works,0", "gate closed,1", "left behind,3", "no report,5"})
    void exitsWithTheCodeOfTheClosedRun(String reason, int code) {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", reason).code())
                .isEqualTo(code);

        CliOutcome watch = server.run("watch", ID);

        assertThat(watch.code()).as(watch.all()).isEqualTo(code);
        assertThat(watch.err()).contains("/workflows/change%2Fhello%2Fapp/");
    }

    @Test
    void followsAnOpenRunToItsEnd() throws Exception {
        changeWaits();

        CompletableFuture<CliOutcome> watch =
                CompletableFuture.supplyAsync(() -> server.run(server.cli().onTerminal(), "watch", ID));
        CliOutcome approve = server.run("approve", ID, "--plan", TestReports.PLAN.value(), "--reason", "seen");

        assertThat(approve.code()).isZero();
        CliOutcome end = watch.get(20, TimeUnit.SECONDS);
        assertThat(end.code()).as(end.all()).isZero();
        assertThat(end.err()).contains("✔ probation");
    }

    @Test
    void stopsAtAPendingApprovalAwayFromATerminal() {
        changeWaits();

        CliOutcome watch = server.run("watch", ID, "--output", "json");

        assertThat(watch.code()).isEqualTo(6);
        assertThat(watch.json().path("waiting").path("until").asText()).isNotEqualTo("");
        assertThat(watch.json().path("planDigest").asText()).isEqualTo(TestReports.PLAN.value());
        assertThat(watch.json().path("outcome").asText()).isEqualTo("RUNNING");
    }

    @Test
    void printsEachStepThenTheReportAsJsonLines() {
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", "works");

        List<JsonNode> lines = server.run("watch", ID, "--output", "jsonl").jsonLines();

        List<JsonNode> steps = lines.subList(0, lines.size() - 1);
        assertThat(steps)
                .extracting(step ->
                        step.path("step").asText() + " " + step.path("state").asText())
                .containsExactly("check plan DONE", "clone DONE", "update DNS NOT_NEEDED", "probation DONE");
        assertThat(steps).allSatisfy(step -> {
            assertThat(step.path("run").asText()).isEqualTo(ID);
            assertThat(step.path("runId").asText()).hasSize(36);
        });
        assertThat(steps.get(0).path("node").isNull()).isTrue();
        assertThat(steps.get(1).path("node").asText()).matches("hello-app-....");
        assertThat(lines.get(lines.size() - 1).path("outcome").asText()).isEqualTo("DONE");
    }

    @Test
    void detachesWhenInterruptedAndTheRunContinues() {
        changeWaits();

        CliOutcome detached = server.run(server.cli().onTerminal().interruptedAt("sluice approve"), "watch", ID);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(detached.code()).as(detached.all()).isEqualTo(130);
        assertThat(detached.err()).contains("sluice watch " + ID + "@", "sluice cancel " + ID + "@");
        assertThat(server.run("approve", ID, "--plan", TestReports.PLAN.value(), "--reason", "seen")
                        .code())
                .isZero();
    }

    @Test
    void reportsThatNoWorkerAnswers() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome watch = server.run(server.cli().waiting(Duration.ofMillis(300)), "watch", ID);

        assertThat(watch.code()).isEqualTo(6);
        assertThat(watch.out()).isEmpty();
        assertThat(watch.err()).contains("./sluice worker");
    }

    @Test
    void rejectsARunWithoutSteps() {
        server.start(EjectNode.class, "eject/hello/hello-app-k3f9", "any");

        CliOutcome watch = server.run("watch", "eject/hello/hello-app-k3f9");

        assertThat(watch.code()).isEqualTo(2);
        assertThat(watch.err()).contains("EjectNode");
    }

    @ParameterizedTest
    @CsvSource({"change/hello/proxy,change/hello/proxy", "'',RUN"})
    void rejectsARunThatDoesNotExist(String run, String named) {
        CliOutcome watch = run.isEmpty() ? server.run("watch") : server.run("watch", run);

        assertThat(watch.code()).isEqualTo(2);
        assertThat(watch.err()).contains(named);
    }
}
