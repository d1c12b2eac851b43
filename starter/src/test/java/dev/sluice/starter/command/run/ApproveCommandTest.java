package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ApproveCommandTest {
    private static final String ID = "change/hello/app";
    private static final String DIGEST = TestReports.PLAN.value();

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void changeWaits() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);
    }

    /** The decision that reached the run as an update. */
    private ApprovalDecision decision() {
        HistoryEvent accepted = server.historyOf(ID).stream()
                .filter(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
                .findFirst()
                .orElseThrow();
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(
                0,
                Optional.of(accepted.getWorkflowExecutionUpdateAcceptedEventAttributes()
                        .getAcceptedRequest()
                        .getInput()
                        .getArgs()),
                ApprovalDecision.class,
                ApprovalDecision.class);
    }

    @Test
    void sendsDigestOperatorAndReason() {
        changeWaits();

        CliOutcome approve =
                server.run(server.cli().with("SLUICE_BY", "ben"), "approve", ID, "--plan", DIGEST, "--reason", "seen");

        assertThat(approve.code()).as(approve.all()).isZero();
        assertThat(decision()).isEqualTo(new ApprovalDecision(true, DIGEST, "ben", "seen"));
        server.awaitEnd(ID);
        assertThat(server.run("watch", ID).code()).isZero();
    }

    @Test
    void printsRunAndAnswerAsJson() {
        changeWaits();

        CliOutcome approve =
                server.run("approve", ID, "--plan", DIGEST.substring(0, 6), "--reason", "seen", "--output", "json");

        assertThat(approve.json().path("run").asText()).isEqualTo(ID);
        assertThat(approve.json().path("answer").asText()).contains(DIGEST.substring(0, 6), "ana");
        assertThat(decision().planDigest()).isEqualTo(DIGEST.substring(0, 6));
    }

    @Test
    void refusesThePlanOfAnotherRun() {
        changeWaits();

        CliOutcome approve = server.run("approve", ID, "--plan", "abcdef", "--reason", "seen");

        assertThat(approve.code()).isEqualTo(7);
        assertThat(approve.out()).isEmpty();
        assertThat(approve.err()).containsOnlyOnce("Refused: ").contains("abcdef");
        assertThat(server.run("show", ID).out()).contains("--plan " + DIGEST.substring(0, 12));
    }

    @Test
    void leavesTheDecisionWithTemporalIfNoWorkerAnswers() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome approve = server.run(
                server.cli().waiting(Duration.ofMillis(300)), "approve", ID, "--plan", DIGEST, "--reason", "seen");

        assertThat(approve.code()).isEqualTo(6);
        assertThat(approve.err()).contains("./sluice worker", "sluice watch " + ID + "@");
        assertThat(server.historyOf(ID))
                .anyMatch(event -> event.getWorkflowExecutionSignaledEventAttributes()
                        .getSignalName()
                        .equals("decideLater"));
    }

    @Test
    void rejectsARunThatIsNoChange() {
        server.start(EjectNode.class, "eject/hello/hello-app-k3f9", "any");

        CliOutcome approve = server.run("approve", "eject/hello/hello-app-k3f9", "--plan", DIGEST, "--reason", "seen");

        assertThat(approve.code()).isEqualTo(2);
        assertThat(approve.err()).contains("EjectNode");
    }

    @Test
    void refusesARunThatHasEnded() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "gate closed")
                        .code())
                .isEqualTo(1);

        CliOutcome approve = server.run("approve", ID, "--plan", DIGEST, "--reason", "seen");

        assertThat(approve.code()).isEqualTo(7);
        assertThat(approve.err()).contains("failed", "sluice show " + ID + "@");
    }

    @ParameterizedTest
    @CsvSource({
        "--plan 12345 --reason x,12345",
        "--plan ABCDEF --reason x,ABCDEF",
        "--plan 7c19e2g --reason x,7c19e2g",
        "--plan 7c19e2,--reason",
        "--reason x,--plan"
    })
    void rejectsWrongUse(String options, String named) {
        changeWaits();

        CliOutcome approve = server.run(("approve " + ID + " " + options).split(" "));

        assertThat(approve.code()).isEqualTo(2);
        assertThat(approve.err()).contains(named);
        assertThat(server.historyOf(ID)).noneMatch(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes);
    }
}
