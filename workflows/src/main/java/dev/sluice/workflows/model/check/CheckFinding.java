package dev.sluice.workflows.model.check;

import java.time.Instant;

/**
 * What a check of a serving cluster found.
 *
 * @param subject a node, an address or the cluster
 * @param check its name in docs/checks.md
 * @param status warn, critical, or unknown: the question could not be answered, which says nothing against its subject
 * @param says measured and expected, in one line
 * @param since the first check in a row with this status
 * @param strikes checks in a row with this status; 1 the first time
 */
public record CheckFinding(String subject, String check, CheckStatus status, String says, Instant since, int strikes) {
    /** The same finding at another time has the same key; another status is another finding. */
    public String key() {
        return "%s %s %s".formatted(subject, check, status);
    }

    /** Whether it counts for the exit code: a warning does not. */
    public boolean countsAsFailure() {
        return status == CheckStatus.CRITICAL || status == CheckStatus.UNKNOWN;
    }

    /** Returns the finding as one that was there before. */
    public CheckFinding continued(Instant first, int times) {
        return new CheckFinding(subject, check, status, says, first, times);
    }
}
