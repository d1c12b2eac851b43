package dev.sluice.starter.text;

import static dev.sluice.starter.Reports.CLOCK;
import static dev.sluice.starter.Reports.NODE;
import static dev.sluice.starter.Reports.START;
import static dev.sluice.starter.Reports.change;
import static dev.sluice.starter.Reports.done;
import static dev.sluice.starter.Reports.keptOut;
import static dev.sluice.starter.Reports.node;
import static dev.sluice.starter.Reports.plan;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Reports;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ChangeTextTest {
    private static final Run RUN = new Run("change/hello/app", "01a20498-ca7e-73d8-9af5-3c5606efa5cb");
    private static final ChangePlan DEPLOY = plan(Kind.DEPLOY, NODE);

    @Test
    void aNodeGoesIntoService() {
        assertThat(all(change(DEPLOY, Outcome.DONE, Optional.empty(), "", done(NODE))))
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
                DEPLOY, Outcome.RESTORED, Optional.of(FailureType.GATE_CLOSED), "0 of 1 in service.", keptOut(NODE));

        assertThat(all(report))
                .containsSubsequence(
                        "✘ sanity gate        6.2 s   1 of 34 checks failed, 3 looks",
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
                Outcome.NOT_RESTORED,
                Optional.of(FailureType.NOT_UNDONE),
                "DigitalOcean answered 503 for 10 min",
                node(NODE, Outcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left"));

        assertThat(ChangeText.ends(report, RUN, CLOCK))
                .containsExactly(
                        "NOT restored.  Left behind: droplet 523441190 (hello-app-k3f9).",
                        "Why: DigitalOcean answered 503 for 10 min.",
                        "Remove it: sluice leaks --fix     Read more: sluice show change/hello/app@efa5cb");
    }

    @Test
    void waitsForAPerson() {
        assertThat(ChangeText.ends(Reports.waiting(DEPLOY), RUN, CLOCK))
                .containsExactly(
                        "Waiting for a person until 17:30:52: before anything is created.",
                        "    sluice approve change/hello/app@efa5cb --plan 7c19e27c19e2 --reason \"…\"",
                        "    sluice reject change/hello/app@efa5cb --reason \"…\"");
    }

    @Test
    void refusedSaysItOnceAndWhatToDo() {
        ChangeReport report = change(
                DEPLOY,
                Outcome.REFUSED,
                Optional.of(FailureType.TEMPLATE_REFUSED),
                "Refused: no template is approved.");

        assertThat(ChangeText.ends(report, RUN, CLOCK))
                .containsExactly(
                        "Refused: no template is approved.",
                        "Next: Approve the template, or bake one for this region and size.");
    }

    /** A run that has ended tries nothing again: "nothing to do" would be untrue. */
    @ParameterizedTest
    @EnumSource(FailureType.class)
    void refusedAlwaysLeavesSomethingToDo(FailureType why) {
        ChangeReport report = change(DEPLOY, Outcome.REFUSED, Optional.of(why), "Refused: so it is.");

        assertThat(ChangeText.ends(report, RUN, CLOCK)).last().asString().doesNotContainIgnoringCase("nothing to do");
    }

    @Test
    void someOfSeveralNodesStayInService() {
        NodeName other = new NodeName("hello-app-9xd2");
        ChangeReport report = change(
                plan(Kind.DEPLOY, NODE, other),
                Outcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "1 of 2",
                done(NODE),
                keptOut(other));

        assertThat(ChangeText.ends(report, RUN, CLOCK))
                .startsWith(
                        "1 of 2 in service; of the others nothing is left behind.  hello / app has 4 members.",
                        "Why: hello-app-9xd2 is not fit to join: apache2 differs from the cluster's.");
    }

    @Test
    void aStepThatIsTriedAgainSaysWhenAndWhy() {
        RunView view = RunView.of(Reports.checking(DEPLOY));
        Instant now = START.plusSeconds(3);
        Optional<Retry> inAMoment = Optional.of(new Retry(3, Optional.of(now.plusSeconds(4)), "nobody\nanswers"));
        Optional<Retry> already = Optional.of(new Retry(4, Optional.of(now), "nobody answers"));

        assertThat(lines(view.retrying(part -> inAMoment), now))
                .containsExactly("⋯ check plan         3.0 s   try 3 in 4.0 s: nobody answers");
        assertThat(lines(view.retrying(part -> already), now))
                .containsExactly("⋯ check plan         3.0 s   try 4: nobody answers");
        assertThat(lines(view.retrying(part -> Optional.empty()), now)).containsExactly("⋯ check plan         3.0 s");
    }

    @Test
    void onlyAStepThatGoesOnIsTriedAgain() {
        RunView ended = RunView.of(Reports.done(NODE));

        assertThat(ended.retrying(part -> Optional.of(new Retry(2, Optional.empty(), "no"))))
                .isEqualTo(ended);
    }

    @Test
    void whatANodeSaysCannotSteerTheTerminal() {
        StepReport hostile =
                new StepReport(Step.FIRST_BOOT, StepReport.State.DONE, START, Optional.of(START), "bad\u001b[2J\nline");

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
        ChangeReport holder = Reports.waiting(DEPLOY);

        assertThat(RefusalText.of(holder, CLOCK))
                .isEqualTo(
                        "hello / app is being changed since 14:30:52 by ana (\"more room before the sale\"), now at approval.");
    }

    private static List<String> lines(RunView view, Instant now) {
        return RunText.story(view, now).stream()
                .flatMap(chapter -> chapter.lines().stream().map(StepText.Line::text))
                .toList();
    }

    private static List<String> all(ChangeReport report) {
        RunView view = RunView.of(report);
        List<String> lines = new ArrayList<>();
        lines.add(ChangeText.begins(report.plan()));
        lines.addAll(view.told());
        for (RunText.Chapter chapter : RunText.story(view, START)) {
            chapter.node().ifPresent(lines::add);
            chapter.lines().forEach(line -> lines.add(line.text()));
        }
        lines.addAll(ChangeText.ends(report, RUN, CLOCK));
        return lines;
    }
}
