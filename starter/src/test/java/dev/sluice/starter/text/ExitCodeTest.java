package dev.sluice.starter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Reports;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ExitCodeTest {
    @Test
    void threeWinsThenSevenThenOneThenTheRest() {
        assertThat(ExitCode.combined(List.of(0, 1, 7, 3))).isEqualTo(3);
        assertThat(ExitCode.combined(List.of(5, 1, 7, 0))).isEqualTo(7);
        assertThat(ExitCode.combined(List.of(5, 1, 0))).isEqualTo(1);
        assertThat(ExitCode.combined(List.of(0, 5))).isEqualTo(5);
        assertThat(ExitCode.combined(List.of(0, 0))).isZero();
    }

    @Test
    void aFailureTypeRefinesARunThatLeftNothingBehind() {
        assertThat(ExitCode.of(Outcome.RESTORED, Optional.empty())).isEqualTo(1);
        assertThat(ExitCode.of(Outcome.RESTORED, Optional.of(FailureType.CLOUD_DENIED)))
                .isEqualTo(4);
        assertThat(ExitCode.of(Outcome.REFUSED, Optional.of(FailureType.GUARD_REFUSED)))
                .isEqualTo(5);
        assertThat(ExitCode.of(Outcome.REFUSED, Optional.of(FailureType.PLAN_INVALID)))
                .isEqualTo(2);
        assertThat(ExitCode.of(Outcome.NOT_RESTORED, Optional.of(FailureType.GATE_CLOSED)))
                .isEqualTo(3);
        assertThat(ExitCode.of(Outcome.REJECTED, Optional.empty())).isEqualTo(7);
    }

    @Test
    void theWorstOfAChangesNodesDecides() {
        NodeName other = new NodeName("hello-app-9xd2");
        var report = Reports.change(
                Reports.plan(Kind.DEPLOY, Reports.NODE, other),
                Outcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "",
                Reports.keptOut(Reports.NODE),
                Reports.node(other, Outcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left"));

        assertThat(RunView.of(report).exitCode()).isEqualTo(3);
    }
}
