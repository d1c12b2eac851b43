package dev.sluice.starter.text;

import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes a report in full: steps, verdict, evidence. */
public final class ShowText {
    private ShowText() {}

    /** Returns all lines; the view is the report's, with pending retries if the run is open. */
    public static List<String> lines(Object report, RunView view, Run run, Clock clock) {
        List<String> lines = new ArrayList<>();
        lines.add(run.displayName());
        if (report instanceof ChangeReport change) {
            lines.add(ChangeText.firstLine(change.plan()));
        }
        lines.addAll(RunText.facts(view));
        for (RunText.NodeSection section : RunText.sections(view, clock.instant())) {
            lines.add("");
            section.node().ifPresent(node -> lines.add("  " + node));
            section.lines().forEach(line -> lines.add("  " + line.text()));
        }
        nodes(report).forEach(node -> details(node.name().value(), node.verdict(), node.evidence(), lines));
        if (report instanceof BakeReport bake) {
            details("bake", Optional.empty(), bake.evidence(), lines);
        }
        lines.add("");
        lines.addAll(RunText.lastLines(report, run, clock));
        return lines;
    }

    private static List<NodeReport> nodes(Object report) {
        if (report instanceof ChangeReport change) {
            return change.nodes();
        }
        return report instanceof NodeReport node ? List.of(node) : List.of();
    }

    private static void details(String name, Optional<Verdict> verdict, NodeEvidence evidence, List<String> lines) {
        verdict.ifPresent(found -> {
            lines.add("");
            lines.add("  Verdict on %s".formatted(name));
            found.results()
                    .forEach(check -> lines.add(String.format(
                            Locale.ROOT,
                            "    %-15s %-18s %s",
                            check.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            check.check(),
                            StepText.clean(check.says()))));
        });
        for (NodeEvidence.EvidencePiece piece : evidence.pieces()) {
            lines.add("");
            lines.add("  %s: %s".formatted(name, piece.name()));
            piece.text().lines().forEach(line -> lines.add("    | " + StepText.clean(line)));
        }
    }
}
