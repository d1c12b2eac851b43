package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class RejectCommandTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void changeWaits() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "waits").code())
                .isEqualTo(6);
    }

    @Test
    void sendsANoToThePlanThatTheRunReports() {
        changeWaits();

        CliOutcome reject = server.run("reject", ID, "--reason", "not before Monday", "--output", "json");

        assertThat(reject.code()).as(reject.all()).isZero();
        assertThat(reject.json().path("run").asText()).isEqualTo(ID);
        HistoryEvent accepted = server.historyOf(ID).stream()
                .filter(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes)
                .findFirst()
                .orElseThrow();
        assertThat(DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(
                        0,
                        Optional.of(accepted.getWorkflowExecutionUpdateAcceptedEventAttributes()
                                .getAcceptedRequest()
                                .getInput()
                                .getArgs()),
                        ApprovalDecision.class,
                        ApprovalDecision.class))
                .isEqualTo(new ApprovalDecision(false, TestReports.PLAN.value(), "ana", "not before Monday"));
    }

    @Test
    void needsAReason() {
        changeWaits();

        CliOutcome reject = server.run("reject", ID);

        assertThat(reject.code()).isEqualTo(2);
        assertThat(reject.err()).contains("--reason");
        assertThat(server.historyOf(ID)).noneMatch(HistoryEvent::hasWorkflowExecutionUpdateAcceptedEventAttributes);
    }

    @Test
    void cannotNameThePlanWithoutAWorker() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome reject = server.run("reject", ID, "--reason", "no");

        assertThat(reject.code()).isEqualTo(6);
        assertThat(reject.err()).contains("./sluice worker");
        assertThat(server.historyOf(ID)).noneMatch(HistoryEvent::hasWorkflowExecutionSignaledEventAttributes);
    }

    @Test
    void refusesAChangeThatHasNoPlanYet() {
        server.offer(CheckingChangeRole.class);
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome reject = server.run("reject", ID, "--reason", "no");

        assertThat(reject.code()).isEqualTo(7);
        assertThat(reject.err()).contains("Refused:", ID);
    }

    @Test
    void refusesARunThatHasEnded() {
        server.offer(FakeChangeRole.class);
        assertThat(server.run("deploy", "--role", "app", "--reason", "works").code())
                .isZero();

        CliOutcome reject = server.run("reject", ID, "--reason", "no");

        assertThat(reject.code()).isEqualTo(7);
        assertThat(reject.err()).contains("completed");
    }
}
