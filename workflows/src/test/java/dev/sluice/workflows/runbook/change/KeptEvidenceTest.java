package dev.sluice.workflows.runbook.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeEvidence.EvidencePiece;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class KeptEvidenceTest {
    private static NodeReport report(int number) {
        return new NodeReport(
                new NodeName("hello-app-x%02d".formatted(number)),
                RunOutcome.RESTORED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                new NodeEvidence(List.of(new EvidencePiece("log", "x".repeat(48 * 1024)))),
                List.of(),
                "failed");
    }

    @Test
    void fiftyFailedNodesStayBelowTemporalsLimitAndSayWhereTheRestIs() {
        List<NodeReport> kept = KeptEvidence.of(
                TestPlans.HELLO,
                IntStream.range(0, 50).mapToObj(KeptEvidenceTest::report).toList());

        assertThat(kept).hasSize(50);
        assertThat(kept.get(0)).isEqualTo(report(0));
        assertThat(kept.get(49).evidence().pieces())
                .containsExactly(new EvidencePiece("not kept here", "see: sluice show node/hello/hello-app-x49"));
        int bytes = kept.stream()
                .flatMap(report -> report.evidence().pieces().stream())
                .mapToInt(piece -> piece.text().length())
                .sum();
        assertThat(bytes).isLessThan(600 * 1024);
    }
}
