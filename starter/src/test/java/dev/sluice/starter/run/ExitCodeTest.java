package dev.sluice.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {
    @Test
    void exitCodeThreeWinsThenSevenThenOneThenTheRest() {
        assertThat(ExitCode.combined(List.of(0, 1, 7, 3))).isEqualTo(3);
        assertThat(ExitCode.combined(List.of(5, 1, 7))).isEqualTo(7);
        assertThat(ExitCode.combined(List.of(5, 1))).isEqualTo(1);
        assertThat(ExitCode.combined(List.of(8, 5))).isEqualTo(5);
        assertThat(ExitCode.combined(List.of(0, 0))).isZero();
    }

    @Test
    void someDoneAndSomeNotIsDoneInPart() {
        assertThat(ExitCode.combined(List.of(0, 1))).isEqualTo(10);
        assertThat(ExitCode.combined(List.of(0, 5, 7))).isEqualTo(10);
        assertThat(ExitCode.combined(List.of(0, 1, 3))).isEqualTo(3);
    }

    @Test
    void theFailureTypeDecidesTheExitCodeOfARestoredRun() {
        assertThat(ExitCode.of(RunOutcome.RESTORED, Optional.empty())).isEqualTo(1);
        assertThat(ExitCode.of(RunOutcome.RESTORED, Optional.of(FailureType.CLOUD_DENIED)))
                .isEqualTo(4);
        assertThat(ExitCode.of(RunOutcome.REFUSED, Optional.of(FailureType.GUARD_REFUSED)))
                .isEqualTo(5);
        assertThat(ExitCode.of(RunOutcome.REFUSED, Optional.of(FailureType.PLAN_INVALID)))
                .isEqualTo(2);
        assertThat(ExitCode.of(RunOutcome.NOT_RESTORED, Optional.of(FailureType.GATE_CLOSED)))
                .isEqualTo(3);
        assertThat(ExitCode.of(RunOutcome.REJECTED, Optional.empty())).isEqualTo(7);
    }

    @Test
    void theWorstNodeDecidesTheExitCodeOfAChange() {
        NodeName other = new NodeName("hello-app-9xd2");
        ChangeReport report = TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE, other),
                RunOutcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "",
                TestReports.keptOut(TestReports.NODE),
                TestReports.node(other, RunOutcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left"));

        assertThat(RunView.of(report).exitCode()).isEqualTo(3);
    }
}
