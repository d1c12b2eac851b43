package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.NODE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeEvidence.EvidencePiece;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ShowTextTest {
    private static final Run RUN = new Run("change/hello/app", "01a20498-ca7e-73d8-9af5-3c5606efa5cb");

    private static List<String> lines(Object report) {
        return ShowText.lines(report, RunView.of(report), RUN, CLOCK);
    }

    @Test
    void showsAChangeFromItsPlanToItsEnd() {
        List<String> lines = lines(TestReports.change(
                TestReports.plan(ChangeKind.DEPLOY, NODE),
                RunOutcome.RESTORED,
                Optional.of(FailureType.GATE_CLOSED),
                "",
                TestReports.keptOut(NODE)));

        assertThat(lines.get(0)).isEqualTo(RUN.displayName());
        assertThat(lines.get(1)).contains("hello-app-k3f9", "ana", "more room before the sale");
        assertThat(lines.get(2)).contains("3 members", "hello-app 2026-11-20");
        assertThat(lines)
                .containsSubsequence(
                        "  hello-app-k3f9",
                        "  Verdict on hello-app-k3f9",
                        "    ok              ports              8080 listens",
                        "    critical        packages           apache2 2.4.62-1~deb12u1, siblings run 2.4.65-2~deb12u1",
                        "  hello-app-k3f9: journal",
                        "    | apache2:  [31mbroken");
        assertThat(lines.get(lines.size() - 1)).startsWith("Next: ");
    }

    @Test
    void showsANodeWithoutVerdict() {
        NodeReport node = TestReports.done(NODE);

        List<String> lines = lines(node);

        assertThat(lines).noneMatch(line -> line.contains("Verdict"));
        assertThat(lines).filteredOn(line -> line.startsWith("  ✔")).hasSize(3);
    }

    @Test
    void showsEachLineOfTheEvidenceOfABake() {
        BakeReport bake = new BakeReport(
                RunOutcome.RESTORED,
                Optional.of(FailureType.COMMAND_FAILED),
                List.of(),
                Optional.empty(),
                new NodeEvidence(
                        List.of(new EvidencePiece("recipe", "first\nsecond"), new EvidencePiece("journal", ""))),
                List.of(),
                "recipe ended with 100");

        assertThat(lines(bake))
                .containsSubsequence("  bake: recipe", "    | first", "    | second", "", "  bake: journal", "");
    }
}
