package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.NODE;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RefusalTextTest {
    private static final ChangePlan PLAN = TestReports.plan(ChangeKind.DEPLOY, NODE);

    @Test
    void namesTheChangeThatHoldsTheRoleAndItsStep() {
        assertThat(RefusalText.describeHolder(TestReports.waiting(PLAN), CLOCK))
                .contains("hello / app", "14:30:52", "ana", "more room before the sale", "approval");
    }

    @Test
    void namesTheLatestStepOfTheNodes() {
        String text = RefusalText.describeHolder(
                TestReports.change(
                        PLAN,
                        RunOutcome.RUNNING,
                        Optional.empty(),
                        "",
                        TestReports.node(
                                NODE,
                                RunOutcome.RUNNING,
                                Optional.empty(),
                                "",
                                new StepReport(
                                        Step.FIRST_BOOT, StepReport.StepState.RUNNING, START, Optional.empty(), ""))),
                CLOCK);

        assertThat(text).contains("first boot").doesNotContain("check plan");
    }

    @Test
    void namesNoStepIfNoneRuns() {
        assertThat(RefusalText.describeHolder(
                        TestReports.change(PLAN, RunOutcome.RUNNING, Optional.empty(), "", TestReports.done(NODE)),
                        CLOCK))
                .contains("hello / app")
                .doesNotContain("check plan", "probation");
    }

    @Test
    void namesIdAndStartIfNoWorkerAnswers() {
        assertThat(RefusalText.describeHolder("change/hello/app", START, CLOCK))
                .contains("change/hello/app", "14:30:52");
    }
}
