package dev.sluice.starter.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlainProgressTest {
    private final StringWriter err = new StringWriter();
    private final PlainProgress progress = new PlainProgress(new PrintWriter(err), TestReports.CLOCK);

    private List<String> lines() {
        progress.end();
        return err.toString().lines().toList();
    }

    private static RunView running() {
        return RunView.of(TestReports.checking(TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE)));
    }

    private static RunView retrying(int attempt, String why) {
        return running().withRetries(part -> Optional.of(new PendingRetry(attempt, Optional.empty(), why)));
    }

    @Test
    void printsAStepOnceWithTheTimeWhenItHasEnded() {
        RunView done = RunView.of(TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE),
                RunOutcome.DONE,
                Optional.empty(),
                "",
                TestReports.done(TestReports.NODE)));

        progress.show(running());
        progress.show(done);
        progress.show(done);

        assertThat(lines()).hasSize(5).allMatch(line -> line.startsWith("14:31:07  "));
        assertThat(lines()).filteredOn(line -> line.contains("✔ check plan")).hasSize(1);
        assertThat(lines())
                .filteredOn(line -> line.contains("hello-app-k3f9  ✔"))
                .hasSize(3);
    }

    @Test
    void printsNothingOfAStepThatRuns() {
        progress.show(running());

        assertThat(lines()).isEmpty();
    }

    @Test
    void printsEachReasonForARetryOnce() {
        progress.show(retrying(2, "wait for 4 s"));
        progress.show(retrying(3, "wait for 8 s"));
        progress.show(retrying(4, "connection refused"));

        assertThat(lines())
                .hasSize(2)
                .anyMatch(line -> line.contains("try 2") && line.contains("wait for 4 s"))
                .anyMatch(line -> line.contains("try 4") && line.contains("connection refused"));
    }

    @Test
    void printsTheChecksThatClosedTheGate() {
        progress.show(RunView.of(TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE),
                RunOutcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "",
                TestReports.keptOut(TestReports.NODE))));

        assertThat(lines())
                .anyMatch(line -> line.contains("✘ sanity gate"))
                .anyMatch(line -> line.contains("packages") && line.contains("apache2 2.4.62"))
                .anyMatch(line -> line.contains("↩ clone"));
    }

    @Test
    void printsANoteOnce() {
        progress.note("no worker answers");
        progress.note("no worker answers");

        assertThat(lines()).containsExactly("14:31:07  no worker answers");
    }
}
