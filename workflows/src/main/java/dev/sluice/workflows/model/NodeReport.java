package dev.sluice.workflows.model;

import java.util.List;
import java.util.Optional;

/**
 * What the operator gets to read of one node's run, while it goes on and after.
 *
 * @param sentence how it ended; empty while it goes on
 * @param leftBehind what could not be taken back, each named
 */
public record NodeReport(
        NodeName name,
        Outcome outcome,
        Optional<FailureType> failure,
        List<StepReport> steps,
        Optional<Node> node,
        Optional<Verdict> verdict,
        Evidence evidence,
        List<String> leftBehind,
        String sentence) {
    public NodeReport {
        steps = List.copyOf(steps);
        leftBehind = List.copyOf(leftBehind);
    }
}
