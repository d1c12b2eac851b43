package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class CancelCommandTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    private void changeRuns() {
        server.offer(CheckingChangeRole.class);
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));
    }

    private List<String> causes() {
        return server.historyOf(ID).stream()
                .map(event -> event.getWorkflowExecutionCancelRequestedEventAttributes()
                        .getCause())
                .filter(cause -> !cause.isEmpty())
                .toList();
    }

    @Test
    void asksTheRunToStopWithOperatorAndReason() {
        changeRuns();

        CliOutcome cancel = server.run("cancel", ID, "--reason", "wrong template");

        assertThat(cancel.code()).as(cancel.all()).isZero();
        assertThat(cancel.out()).contains("sluice watch " + ID + "@");
        assertThat(causes()).singleElement().asString().contains("ana", "wrong template");
    }

    @Test
    void namesTheOperatorWithoutAReason() {
        changeRuns();

        CliOutcome cancel = server.run(server.cli().with("SLUICE_BY", "ben"), "cancel", ID, "--output", "json");

        assertThat(cancel.json().path("run").asText()).isEqualTo(ID);
        assertThat(cancel.json().path("asked").asText()).isEqualTo("cancel");
        assertThat(causes()).singleElement().asString().contains("ben");
    }

    @Test
    void needsNoWorker() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        assertThat(server.run("cancel", ID).code()).isZero();
        assertThat(causes()).hasSize(1);
    }

    @Test
    void refusesARunThatHasEnded() {
        changeRuns();
        server.client().newUntypedWorkflowStub(ID).terminate("by hand");

        CliOutcome cancel = server.run("cancel", ID);

        assertThat(cancel.code()).isEqualTo(7);
        assertThat(cancel.err()).contains("terminated", "sluice show " + ID + "@");
        assertThat(causes()).isEmpty();
    }

    @Test
    void rejectsAnUnknownRun() {
        CliOutcome cancel = server.run("cancel", "change/hello/proxy");

        assertThat(cancel.code()).isEqualTo(2);
        assertThat(cancel.err()).contains("change/hello/proxy", "sluice list");
    }
}
