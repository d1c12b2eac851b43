package dev.sluice.workflows.model.check;

import java.util.List;
import java.util.Map;

/**
 * All answers of one look at a node.
 *
 * @param facts digests and figures that siblings are compared by, such as {@code packages} or {@code fsync-ms}
 */
public record Verdict(List<CheckResult> results, Map<String, String> facts) {
    public Verdict {
        results = List.copyOf(results);
        facts = Map.copyOf(facts);
    }

    /** Whether nothing is critical and nothing unknown, and something was asked at all. */
    public boolean opensGate() {
        return !results.isEmpty() && failures().isEmpty();
    }

    /** What keeps the gate closed. */
    public List<CheckResult> failures() {
        return results.stream().filter(result -> result.status().closesGate()).toList();
    }

    public long count(CheckStatus status) {
        return results.stream().filter(result -> result.status() == status).count();
    }
}
