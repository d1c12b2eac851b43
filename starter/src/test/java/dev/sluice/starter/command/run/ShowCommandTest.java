package dev.sluice.starter.command.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.CliOnTestServer;
import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.Sweep.SweepReport;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ShowCommandTest {
    private static final String ID = "change/hello/app";

    @RegisterExtension
    final CliOnTestServer server = new CliOnTestServer();

    @ParameterizedTest
    @CsvSource({"works,DONE", "gate closed,RESTORED", "left behind,NOT_RESTORED"})
    void showsAnyClosedChangeWithExitCodeZero(String reason, String outcome) {
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", reason);

        CliOutcome show = server.run("show", ID, "--output", "json");

        assertThat(show.code()).as(show.all()).isZero();
        assertThat(show.json().path("outcome").asText()).isEqualTo(outcome);
        assertThat(show.json().path("plan").path("reason").asText()).isEqualTo(reason);
        assertThat(show.json().path("nodes").path(0).path("steps").size())
                .isEqualTo(outcome.equals("NOT_RESTORED") ? 0 : 3);
    }

    @Test
    void showsVerdictAndEvidenceOfAFailedNode() {
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", "gate closed");

        CliOutcome show = server.run("show", ID);

        assertThat(show.out())
                .contains("✘ sanity gate", "critical", "packages", "apache2 2.4.62-1~deb12u1", "journal", "apache2:")
                .doesNotContain("\u001b");
    }

    @Test
    void showsThePlanThatAnOpenChangeWaitsOn() {
        server.offer(FakeChangeRole.class);
        server.run("deploy", "--role", "app", "--reason", "waits");

        CliOutcome show = server.run("show", ID);

        assertThat(show.code()).isZero();
        assertThat(show.out())
                .contains(
                        "⏸ approval",
                        "sluice approve " + ID + "@",
                        "--plan " + TestReports.PLAN.value().substring(0, 12));
    }

    @Test
    void showsTheLeaksThatASearchFound() {
        server.offer(
                FindLeaks.class,
                () -> plan -> new LeakReport(List.of(Leak.kept("droplet 7 (hello-app-zzzz)", "its run ended", ""))));
        server.start(FindLeaks.class, "leaks/hello", new LeakPlan(TestReports.file(), false, false, "ana", ""));
        server.awaitEnd("leaks/hello");

        CliOutcome show = server.run("show", "leaks/hello");

        assertThat(show.code()).as(show.all()).isZero();
        assertThat(show.out()).contains("droplet 7 (hello-app-zzzz)", "its run ended", "--fix");
    }

    @Test
    void showsTheLeaksThatASweepCouldNotRemove() {
        server.offer(
                Sweep.class,
                () -> plan -> new SweepReport(
                        TestReports.START,
                        List.of(Leak.kept("tag run:1", "its run ended", "DigitalOcean answers 503")),
                        List.of(),
                        Map.of()));
        server.start(Sweep.class, "sweep/hello", SweepPlan.of(TestReports.file()));
        server.awaitEnd("sweep/hello");

        CliOutcome show = server.run("show", "sweep/hello");
        CliOutcome json = server.run("show", "sweep/hello", "--output", "json");

        assertThat(show.code()).as(show.all()).isZero();
        assertThat(show.out()).contains("tag run:1", "DigitalOcean answers 503").doesNotContain("--fix");
        assertThat(json.json().path("at").asText()).isEqualTo(TestReports.START.toString());
        assertThat(json.json().path("leaks").size()).isEqualTo(1);
    }

    @Test
    void showsNothingOfASearchThatIsOpen() {
        server.start(CheckExpiry.class, "expiry/hello/abcd", "any");

        CliOutcome show = server.run("show", "expiry/hello/abcd");

        assertThat(show.code()).isEqualTo(6);
        assertThat(show.out()).isEmpty();
        assertThat(show.err()).contains("expiry/hello/abcd@");
    }

    @Test
    void rejectsARunWithoutAReport() {
        server.start(EjectNode.class, "eject/hello/hello-app-k3f9", "any");

        CliOutcome show = server.run("show", "eject/hello/hello-app-k3f9");

        assertThat(show.code()).isEqualTo(2);
        assertThat(show.err()).contains("EjectNode");
    }

    @Test
    void reportsWhatTemporalKnowsIfNoWorkerAnswers() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));

        CliOutcome show = server.run("show", ID);

        assertThat(show.code()).isEqualTo(6);
        assertThat(show.err()).contains(ID + "@", "running", "./sluice worker");
    }

    @Test
    void reportsATerminatedRunThatLeftNoReport() {
        server.start(ChangeRole.class, ID, TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE));
        server.client().newUntypedWorkflowStub(ID).terminate("by hand");

        CliOutcome show = server.run("show", ID);

        assertThat(show.code()).isEqualTo(6);
        assertThat(show.err()).contains(ID + "@", "terminated");
    }
}
