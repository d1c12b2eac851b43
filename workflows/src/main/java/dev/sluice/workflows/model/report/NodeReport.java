package dev.sluice.workflows.model.report;

import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Optional;

/**
 * The report of one node's run, during the run and after it.
 *
 * @param sentence how it ended; empty during the run
 * @param leftBehind what could not be rolled back, each named
 */
public record NodeReport(
        NodeName name,
        RunOutcome outcome,
        Optional<FailureType> failure,
        List<StepReport> steps,
        Optional<Node> node,
        Optional<Verdict> verdict,
        NodeEvidence evidence,
        List<String> leftBehind,
        String sentence) {
    private static final String AS_BEFORE = ", everything is as before: ";

    public NodeReport {
        steps = List.copyOf(steps);
        leftBehind = List.copyOf(leftBehind);
    }

    /** Returns the sentence of a run that rolled everything back; {@code what} is "deployed" or "retired". */
    public static String restored(NodeName name, String what, String why) {
        return "%s is not %s%s%s.".formatted(name, what, AS_BEFORE, why);
    }

    public NodeReport withEvidence(NodeEvidence other) {
        return new NodeReport(name, outcome, failure, steps, node, verdict, other, leftBehind, sentence);
    }

    /** Returns the sentence without its first half, for a text that has already stated that everything is as before. */
    public String reason() {
        int half = sentence.indexOf(AS_BEFORE);
        return half < 0 ? sentence : sentence.substring(half + AS_BEFORE.length());
    }
}
