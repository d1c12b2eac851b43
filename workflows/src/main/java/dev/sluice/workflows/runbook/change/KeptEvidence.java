package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeEvidence.EvidencePiece;
import dev.sluice.workflows.model.report.NodeReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps a change's report below Temporal's 2 MiB, however many nodes have failed: each node's own report has it all. */
final class KeptEvidence {
    /** Each has at most three bytes. */
    private static final int MOST_CHARACTERS = 400 * 1024;

    private KeptEvidence() {}

    static List<NodeReport> of(ClusterName cluster, List<NodeReport> reports) {
        List<NodeReport> kept = new ArrayList<>();
        int left = MOST_CHARACTERS;
        for (NodeReport report : reports) {
            int size = size(report.evidence());
            if (size <= left) {
                left -= size;
                kept.add(report);
            } else {
                kept.add(report.withEvidence(new NodeEvidence(List.of(new EvidencePiece(
                        "not kept here", "see: sluice show %s".formatted(WorkflowIds.node(cluster, report.name())))))));
            }
        }
        return kept;
    }

    private static int size(NodeEvidence evidence) {
        return evidence.pieces().stream()
                .mapToInt(piece -> piece.name().length() + piece.text().length())
                .sum();
    }
}
