package dev.sluice.workflows.model.check;

import java.util.List;
import java.util.Map;

/**
 * All answers of one inspection of a node.
 *
 * @param facts digests and figures that siblings are compared by, such as {@code packages} or {@code fsync-ms}
 */
public record Verdict(List<CheckResult> results, Map<String, String> facts) {
    public Verdict {
        results = List.copyOf(results);
        facts = Map.copyOf(facts);
    }

    /** Whether at least one check answered, and none is critical or unknown. */
    public boolean opensGate() {
        return !results.isEmpty() && failures().isEmpty();
    }

    /** Returns the results that keep the gate closed. */
    public List<CheckResult> failures() {
        return results.stream().filter(result -> result.status().closesGate()).toList();
    }

    /** Whether time alone may open the gate: each failure is a state that passes. */
    public boolean mayWarmUp() {
        return !failures().isEmpty() && failures().stream().allMatch(CheckResult::passing);
    }

    public long count(CheckStatus status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
