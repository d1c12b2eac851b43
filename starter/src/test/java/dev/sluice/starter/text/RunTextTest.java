package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.NODE;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.starter.text.RunText.NodeSection;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import dev.sluice.workflows.model.report.StepReport.StepState;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports of any kind: their sections, their last lines and their exit codes. */
final class RunTextTest {
    private static final Run NODE_RUN = new Run("node/hello/hello-app-k3f9", "01a20498-ca7e-73d8-9af5-3c5606efa5cb");

    private static NodeReport node(RunOutcome outcome, String sentence) {
        return TestReports.node(NODE, outcome, Optional.empty(), sentence);
    }

    private static BakeReport bake(RunOutcome outcome, boolean template) {
        return new BakeReport(
                outcome,
                outcome == RunOutcome.DONE ? Optional.empty() : Optional.of(FailureType.COMMAND_FAILED),
                List.of(TestReports.step(Step.RECIPE, StepState.DONE, 3000, "12 packages")),
                template ? Optional.of(TestReports.template()) : Optional.empty(),
                NodeEvidence.NONE,
                List.of(),
                outcome == RunOutcome.DONE ? "" : "recipe ended with 100");
    }

    private static List<String> lastLines(Object report) {
        return RunText.lastLines(report, NODE_RUN, CLOCK);
    }

    @Test
    void namesTheRunThatContinues() {
        assertThat(lastLines(node(RunOutcome.RUNNING, "")))
                .singleElement()
                .asString()
                .contains("sluice watch node/hello/hello-app-k3f9@efa5cb");
    }

    @Test
    void explainsARestoredNode() {
        assertThat(lastLines(node(RunOutcome.RESTORED, "1 of 34 checks failed")))
                .hasSize(3)
                .contains("Why: 1 of 34 checks failed.")
                .last()
                .asString()
                .startsWith("Next: ")
                .contains("sluice show node/hello/hello-app-k3f9@efa5cb");
    }

    @Test
    void namesWhatANodeLeftBehind() {
        assertThat(lastLines(node(RunOutcome.NOT_RESTORED, "DigitalOcean answered 503")))
                .hasSize(3)
                .anyMatch(
                        line -> line.startsWith("NOT restored.") && line.contains("droplet 523441190 (hello-app-k3f9)"))
                .contains("Why: DigitalOcean answered 503.")
                .last()
                .asString()
                .contains("sluice leaks --fix");
    }

    @ParameterizedTest
    @CsvSource({"DONE,Done.", "REFUSED,Refused:", "REJECTED,Not approved:"})
    void endsInOneLineOtherwise(RunOutcome outcome, String start) {
        assertThat(lastLines(node(outcome, "measured 2, expected 1")))
                .singleElement()
                .asString()
                .startsWith(start)
                .endsWith("measured 2, expected 1.");
    }

    @Test
    void namesTheApprovalOfABakedTemplate() {
        assertThat(lastLines(bake(RunOutcome.DONE, true)))
                .singleElement()
                .asString()
                .contains("hello-app 2026-11-20", "171", "sluice template approve 171");
        assertThat(lastLines(bake(RunOutcome.RESTORED, false))).contains("Why: recipe ended with 100.");
    }

    @Test
    void namesTheCommandsThatAnswerAnApproval() {
        assertThat(RunText.answerCommands(Optional.of(TestReports.PLAN), NODE_RUN))
                .containsExactly(
                        "    sluice approve %s --plan %s --reason \"…\""
                                .formatted(
                                        NODE_RUN.displayName(),
                                        TestReports.PLAN.value().substring(0, 12)),
                        "    sluice reject %s --reason \"…\"".formatted(NODE_RUN.displayName()));
        assertThat(RunText.answerCommands(Optional.empty(), NODE_RUN).get(0)).contains("--plan DIGEST");
    }

    @Test
    void givesEachNodeASectionOfItsSteps() {
        List<NodeSection> sections = RunText.sections(
                RunView.of(TestReports.change(
                        TestReports.plan(ChangeKind.DEPLOY, NODE),
                        RunOutcome.RESTORED,
                        Optional.of(FailureType.GATE_CLOSED),
                        "",
                        TestReports.keptOut(NODE))),
                START);

        assertThat(sections).extracting(NodeSection::node).containsExactly(Optional.empty(), Optional.of(NODE.value()));
        assertThat(sections.get(1).lines())
                .extracting(StepText.StepLine::state)
                .containsExactly(StepState.DONE, StepState.FAILED, StepState.FAILED, StepState.TAKEN_BACK);
        assertThat(sections.get(1).lines()).extracting(StepText.StepLine::key).doesNotHaveDuplicates();
    }

    @Test
    void showsARetryOnlyAtTheStepThatRuns() {
        NodeReport running = TestReports.node(
                NODE,
                RunOutcome.RUNNING,
                Optional.empty(),
                "",
                TestReports.step(Step.CLONE, StepState.DONE, 1100, "droplet 7"),
                new StepReport(Step.FIRST_BOOT, StepState.RUNNING, START, Optional.empty(), ""));
        RunView view = RunView.of(running)
                .withRetries(part -> Optional.of(new PendingRetry(3, Optional.empty(), "connection refused")));

        List<StepText.StepLine> lines =
                RunText.sections(view, START.plusSeconds(20)).get(0).lines();

        assertThat(lines.get(0).text()).contains("droplet 7").doesNotContain("try");
        assertThat(lines.get(1).text()).contains("20 s", "try 3", "connection refused");
        assertThat(lines.get(1).settled()).isTrue();
    }

    @Test
    void asksForNoRetryOfARunWhoseStepsHaveEnded() {
        RunView done = RunView.of(TestReports.done(NODE));

        assertThat(done.withRetries(part -> {
                    throw new AssertionError("Asked for a retry of " + part);
                }))
                .isEqualTo(done);
        assertThat(done.parts().get(0).running()).isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource(RunOutcome.class)
    void takesTheExitCodeOfANode(RunOutcome outcome) {
        assertThat(RunView.of(node(outcome, "")).exitCode()).isEqualTo(outcome.exitCode());
        assertThat(RunView.of(node(outcome, "")).outcome()).isEqualTo(outcome);
    }

    @Test
    void takesTheWorstExitCodeOfAChange() {
        NodeReport left = node(RunOutcome.NOT_RESTORED, "left");
        NodeReport rejected = TestReports.node(
                new dev.sluice.workflows.model.node.NodeName("hello-app-9xd2"),
                RunOutcome.REJECTED,
                Optional.empty(),
                "");

        assertThat(RunView.of(TestReports.change(
                                TestReports.plan(ChangeKind.DEPLOY, NODE),
                                RunOutcome.RESTORED,
                                Optional.of(FailureType.CLOUD_DENIED),
                                "",
                                rejected,
                                left))
                        .exitCode())
                .isEqualTo(3);
        assertThat(RunView.of(TestReports.waiting(TestReports.plan(ChangeKind.DEPLOY, NODE)))
                        .exitCode())
                .isEqualTo(6);
    }

    @Test
    void rejectsAReportOfAnotherKind() {
        assertThatThrownBy(() -> RunView.of("a text")).isInstanceOf(IllegalArgumentException.class);
    }
}
