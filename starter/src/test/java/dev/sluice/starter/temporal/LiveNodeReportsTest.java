package dev.sluice.starter.temporal;

import static dev.sluice.starter.TestReports.NODE;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveNodeReportsTest {
    private static final String ID = "node/hello/" + NODE;

    @Test
    void aRunningNodeIsShownByItsOwnReport() {
        NodeReport now = node(RunOutcome.RUNNING, Duration.ofSeconds(1));

        ChangeReport shown =
                new LiveNodeReports(id -> Optional.ofNullable(Map.of(ID, now).get(id))).in(running(placeholder()));

        assertThat(shown.nodes()).containsExactly(now);
    }

    @Test
    void aFinishedNodeIsNotQueriedAgain() {
        NodeReport ended = node(RunOutcome.DONE, Duration.ofSeconds(1));

        ChangeReport shown = new LiveNodeReports(id -> Optional.of(placeholder())).in(running(ended));

        assertThat(shown.nodes()).containsExactly(ended);
    }

    @Test
    void ignoresTheReportOfAnEarlierRunOfTheNode() {
        NodeReport earlier = node(RunOutcome.DONE, Duration.ofHours(-1));

        ChangeReport shown = new LiveNodeReports(id -> Optional.of(earlier)).in(running(placeholder()));

        assertThat(shown.nodes()).containsExactly(placeholder());
    }

    private static ChangeReport running(NodeReport node) {
        return TestReports.change(
                TestReports.plan(ChangePlan.ChangeKind.DEPLOY, NODE), RunOutcome.RUNNING, Optional.empty(), "", node);
    }

    private static NodeReport placeholder() {
        return TestReports.node(NODE, RunOutcome.RUNNING, Optional.empty(), "");
    }

    private static NodeReport node(RunOutcome outcome, Duration sinceStart) {
        return TestReports.node(
                NODE,
                outcome,
                Optional.empty(),
                "",
                new StepReport(
                        Step.CLONE,
                        StepReport.StepState.DONE,
                        START.plus(sinceStart),
                        Optional.of(START.plus(sinceStart)),
                        ""));
    }
}
