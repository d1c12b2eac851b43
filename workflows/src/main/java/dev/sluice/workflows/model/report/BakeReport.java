package dev.sluice.workflows.model.report;

import dev.sluice.workflows.model.cluster.Template;
import java.util.List;
import java.util.Optional;

/** The report of a bake. */
public record BakeReport(
        RunOutcome outcome,
        Optional<FailureType> failure,
        List<StepReport> steps,
        Optional<Template> template,
        NodeEvidence evidence,
        List<String> leftBehind,
        String sentence) {
    public BakeReport {
        steps = List.copyOf(steps);
        leftBehind = List.copyOf(leftBehind);
    }
}
