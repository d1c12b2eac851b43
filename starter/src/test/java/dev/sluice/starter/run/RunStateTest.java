package dev.sluice.starter.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a type of run reports; how Temporal's answer is read stands in TemporalClientTest and ListRunsCommandOnServerTest. */
final class RunStateTest {
    private static RunState state(String type, String status) {
        return new RunState(
                new Run("id", "run"),
                type,
                status,
                Instant.EPOCH,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    @Test
    void knowsTheReportOfEachRunThatHasSteps() {
        assertThat(state("ChangeRole", "running").reportType()).contains(ChangeReport.class);
        assertThat(state("DeployNode", "running").reportType()).contains(NodeReport.class);
        assertThat(state("RetireNode", "running").reportType()).contains(NodeReport.class);
        assertThat(state("KeepNode", "running").reportType()).contains(NodeReport.class);
        assertThat(state("BakeTemplate", "running").reportType()).contains(BakeReport.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EjectNode", "ShowCluster", "FindLeaks", "Templates", "Unknown"})
    void knowsNoReportOfAShortRun(String type) {
        assertThat(state(type, "running").reportType()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"running,true", "completed,false", "timed out,false", "terminated,false"})
    void isOpenOnlyWhileItRuns(String status, boolean open) {
        assertThat(state("ChangeRole", status).open()).isEqualTo(open);
    }
}
