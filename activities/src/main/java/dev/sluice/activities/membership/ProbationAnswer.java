package dev.sluice.activities.membership;

import dev.sluice.workflows.model.check.HealthSpec;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;

/**
 * One request of a probation and its answer.
 *
 * @param pinned the requested member; empty if the proxy chose it
 * @param code HTTP status; 0 for no answer
 * @param millis from the end of the request to the first byte of the answer
 * @param member that the answer names; may be empty
 */
record ProbationAnswer(NodeName proxy, String pinned, int code, double millis, String member) {
    /** A line {@code kind|pinned|code|seconds to the first byte|seconds until the request went out|member}. */
    static ProbationAnswer of(NodeName proxy, List<String> line) {
        double seconds = Double.parseDouble(line.get(3)) - Double.parseDouble(line.get(4));
        return new ProbationAnswer(
                proxy, line.get(1), Integer.parseInt(line.get(2)), Math.max(0, seconds * 1000), line.get(5));
    }

    boolean isPinned() {
        return !pinned.isEmpty();
    }

    boolean succeeded() {
        return HealthSpec.isGood(code);
    }

    /** Whether a pinned request got a successful answer from its member. */
    boolean kept() {
        return succeeded() && member.equals(pinned);
    }
}
