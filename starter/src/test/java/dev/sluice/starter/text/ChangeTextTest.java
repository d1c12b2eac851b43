package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.NODE;
import static dev.sluice.starter.TestReports.START;
import static dev.sluice.starter.TestReports.change;
import static dev.sluice.starter.TestReports.done;
import static dev.sluice.starter.TestReports.keptOut;
import static dev.sluice.starter.TestReports.node;
import static dev.sluice.starter.TestReports.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChangeTextTest {
    private static final Run RUN = new Run("change/hello/app", "01a20498-ca7e-73d8-9af5-3c5606efa5cb");
    private static final ChangePlan DEPLOY = plan(ChangeKind.DEPLOY, NODE);

    @Test
    void aNodeGoesIntoService() {
        assertThat(all(change(DEPLOY, RunOutcome.DONE, Optional.empty(), "", done(NODE))))
                .containsExactly(
                        "hello / app: hello-app-k3f9 into service, by ana: more room before the sale",
                        "hello / app: 3 members → 4.  Template hello-app 2026-11-20 (approved by ana).",
                        "✔ check plan         0.2 s   s-1vcpu-1gb in fra1, droplet 5 of 25",
                        "hello-app-k3f9",
                        "✔ clone              1.1 s   droplet 523441190, 10.77.0.14",
                        "✔ update DNS             –   app servers are not in DNS",
                        "✔ probation          2.0 s   41 pinned requests, 0 errors",
                        "In service after 5.9 s.  hello / app has 4 members.  Undo with: sluice retire hello-app-k3f9");
    }

    @Test
    void theGateStaysClosed() {
        ChangeReport report = change(
                DEPLOY, RunOutcome.RESTORED, Optional.of(FailureType.GATE_CLOSED), "0 of 1 in service.", keptOut(NODE));

        assertThat(all(report))
                .containsSubsequence(
                        "✘ sanity gate        6.2 s   1 of 34 checks failed, 3 inspections",
                        "    packages      apache2 2.4.62-1~deb12u1, siblings run 2.4.65-2~deb12u1",
                        "↩ clone              0.8 s   droplet 523441190 destroyed, gone after 0.8 s",
                        "Not deployed, everything is as before.  hello / app has 3 members, none was touched.",
                        "Why: hello-app-k3f9 is not fit to join: apache2 differs from the cluster's.",
                        "Next: sluice show change/hello/app@efa5cb (verdict, first-boot log, Apache's log)   or   sluice deploy --role app   (another machine may be better)");
    }

    @Test
    void somethingCouldNotBeTakenBack() {
        ChangeReport report = change(
                DEPLOY,
                RunOutcome.NOT_RESTORED,
                Optional.of(FailureType.NOT_UNDONE),
                "DigitalOcean answered 503 for 10 min",
                node(NODE, RunOutcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left"));

        assertThat(ChangeText.lastLines(report, RUN, CLOCK))
                .containsExactly(
                        "NOT restored.  Left behind: droplet 523441190 (hello-app-k3f9).",
                        "Why: DigitalOcean answered 503 for 10 min.",
                        "Remove it: sluice leaks --fix     Details: sluice show change/hello/app@efa5cb");
    }

    @Test
    void waitsForAPerson() {
        assertThat(ChangeText.lastLines(TestReports.waiting(DEPLOY), RUN, CLOCK))
                .containsExactly(
                        "Waiting for an approval until 17:30:52: before anything is created.",
                        "    sluice approve change/hello/app@efa5cb --plan 7c19e27c19e2 --reason \"…\"",
                        "    sluice reject change/hello/app@efa5cb --reason \"…\"");
    }

    @Test
    void refusedSaysItOnceAndWhatToDo() {
        ChangeReport report = change(
                DEPLOY,
                RunOutcome.REFUSED,
                Optional.of(FailureType.TEMPLATE_REFUSED),
                "Refused: no template is approved.");

        assertThat(ChangeText.lastLines(report, RUN, CLOCK))
                .containsExactly(
                        "Refused: no template is approved.",
                        "Next: Approve the template, or bake one for this region and size.");
    }

    /** A run that has ended tries nothing again: "nothing to do" would be untrue. */
    @ParameterizedTest
    @EnumSource(FailureType.class)
    void refusedAlwaysLeavesSomethingToDo(FailureType why) {
        ChangeReport report = change(DEPLOY, RunOutcome.REFUSED, Optional.of(why), "Refused: so it is.");

        assertThat(ChangeText.lastLines(report, RUN, CLOCK))
                .last()
                .asString()
                .doesNotContainIgnoringCase("nothing to do");
    }

    @Test
    void someOfSeveralNodesStayInService() {
        NodeName other = new NodeName("hello-app-9xd2");
        ChangeReport report = change(
                plan(ChangeKind.DEPLOY, NODE, other),
                RunOutcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "1 of 2",
                done(NODE),
                keptOut(other));

        assertThat(ChangeText.lastLines(report, RUN, CLOCK))
                .startsWith(
                        "1 of 2 in service; the others left nothing behind.  hello / app has 4 members.",
                        "Why: hello-app-9xd2 is not fit to join: apache2 differs from the cluster's.");
    }

    @Test
    void aStepThatIsTriedAgainSaysWhenAndWhy() {
        RunView view = RunView.of(TestReports.checking(DEPLOY));
        Instant now = START.plusSeconds(3);
        Optional<PendingRetry> inAMoment =
                Optional.of(new PendingRetry(3, Optional.of(now.plusSeconds(4)), "nobody\nanswers"));
        Optional<PendingRetry> already = Optional.of(new PendingRetry(4, Optional.of(now), "nobody answers"));

        assertThat(lines(view.withRetries(part -> inAMoment), now))
                .containsExactly("⋯ check plan         3.0 s   try 3 in 4.0 s: nobody answers");
        assertThat(lines(view.withRetries(part -> already), now))
                .containsExactly("⋯ check plan         3.0 s   try 4: nobody answers");
        assertThat(lines(view.withRetries(part -> Optional.empty()), now))
                .containsExactly("⋯ check plan         3.0 s");
    }

    @Test
    void onlyAStepThatGoesOnIsTriedAgain() {
        RunView ended = RunView.of(TestReports.done(NODE));

        assertThat(ended.withRetries(part -> Optional.of(new PendingRetry(2, Optional.empty(), "no"))))
                .isEqualTo(ended);
    }

    @Test
    void whatANodeSaysCannotSteerTheTerminal() {
        StepReport hostile = new StepReport(
                Step.FIRST_BOOT, StepReport.StepState.DONE, START, Optional.of(START), "bad\u001b[2J\nline");

        assertThat(StepText.lines("k", hostile, List.of(), Optional.empty(), START)
                        .get(0)
                        .text())
                .doesNotContain("\u001b", "\n");
        assertThat(String.join("\n", ShowText.lines(keptOut(NODE), RunView.of(keptOut(NODE)), RUN, CLOCK)))
                .contains("| apache2:", "critical        packages")
                .doesNotContain("\u001b");
    }

    @Test
    void theLockSaysWhoHoldsItAndWhere() {
        ChangeReport holder = TestReports.waiting(DEPLOY);

        assertThat(RefusalText.describeHolder(holder, CLOCK))
                .isEqualTo(
                        "hello / app is being changed since 14:30:52 by ana (\"more room before the sale\"), now at approval.");
    }

    private static List<String> lines(RunView view, Instant now) {
        return RunText.sections(view, now).stream()
                .flatMap(chapter -> chapter.lines().stream().map(StepText.StepLine::text))
                .toList();
    }

    private static List<String> all(ChangeReport report) {
        RunView view = RunView.of(report);
        List<String> lines = new ArrayList<>();
        lines.add(ChangeText.firstLine(report.plan()));
        lines.addAll(RunText.facts(view));
        for (RunText.NodeSection chapter : RunText.sections(view, START)) {
            chapter.node().ifPresent(lines::add);
            chapter.lines().forEach(line -> lines.add(line.text()));
        }
        lines.addAll(ChangeText.lastLines(report, RUN, CLOCK));
        return lines;
    }
}
