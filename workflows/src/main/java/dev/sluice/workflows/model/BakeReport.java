package dev.sluice.workflows.model;

import java.util.List;
import java.util.Optional;

/** What the operator gets to read of a bake. */
public record BakeReport(
        Outcome outcome,
        Optional<FailureType> failure,
        List<StepReport> steps,
        Optional<Template> template,
        Evidence evidence,
        List<String> leftBehind,
        String sentence) {
    public BakeReport {
        steps = List.copyOf(steps);
        leftBehind = List.copyOf(leftBehind);
    }
}
