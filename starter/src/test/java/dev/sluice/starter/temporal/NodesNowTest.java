package dev.sluice.starter.temporal;

import static dev.sluice.starter.Reports.NODE;
import static dev.sluice.starter.Reports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Reports;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodesNowTest {
    private static final String ID = "node/hello/" + NODE;

    @Test
    void aNodeThatGoesOnIsShownAsItsOwnRunReportsIt() {
        NodeReport now = node(Outcome.RUNNING, Duration.ofSeconds(1));

        ChangeReport shown =
                new NodesNow(id -> Optional.ofNullable(Map.of(ID, now).get(id))).in(running(placeholder()));

        assertThat(shown.nodes()).containsExactly(now);
    }

    @Test
    void aNodeThatHasEndedIsNotAskedAgain() {
        NodeReport ended = node(Outcome.DONE, Duration.ofSeconds(1));

        ChangeReport shown = new NodesNow(id -> Optional.of(placeholder())).in(running(ended));

        assertThat(shown.nodes()).containsExactly(ended);
    }

    @Test
    void theReportOfAnEarlierRunOfThatNameIsNotThisChanges() {
        NodeReport earlier = node(Outcome.DONE, Duration.ofHours(-1));

        ChangeReport shown = new NodesNow(id -> Optional.of(earlier)).in(running(placeholder()));

        assertThat(shown.nodes()).containsExactly(placeholder());
    }

    private static ChangeReport running(NodeReport node) {
        return Reports.change(Reports.plan(ChangePlan.Kind.DEPLOY, NODE), Outcome.RUNNING, Optional.empty(), "", node);
    }

    private static NodeReport placeholder() {
        return Reports.node(NODE, Outcome.RUNNING, Optional.empty(), "");
    }

    private static NodeReport node(Outcome outcome, Duration sinceStart) {
        return Reports.node(
                NODE,
                outcome,
                Optional.empty(),
                "",
                new StepReport(
                        Step.CLONE,
                        StepReport.State.DONE,
                        START.plus(sinceStart),
                        Optional.of(START.plus(sinceStart)),
                        ""));
    }
}
