package dev.sluice.workflows.model.report;

import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
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

    /** The sentence of a run that took everything back; what it is not: deployed, retired. */
    public static String restored(NodeName name, String what, String why) {
        return "%s is not %s%s%s.".formatted(name, what, AS_BEFORE, why);
    }

    /** The sentence without its first half, for a reader who knows already that everything is as before. */
    public String reason() {
        int half = sentence.indexOf(AS_BEFORE);
        return half < 0 ? sentence : sentence.substring(half + AS_BEFORE.length());
    }
}
