package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts inspections of a node: passed ones in a row open the gate, equal failed ones close it. */
final class PassCounter {
    private final int toOpen;
    private final int toClose;
    private int count;
    private int good;
    private int equallyBad;
    private Set<String> lastFailures = Set.of();

    PassCounter(int toOpen, int toClose) {
        this.toOpen = Math.max(1, toOpen);
        this.toClose = toClose;
    }

    void add(Verdict verdict) {
        count++;
        good = verdict.opensGate() ? good + 1 : 0;
        Set<String> failures =
                verdict.failures().stream().map(CheckResult::check).collect(Collectors.toSet());
        equallyBad = failures.equals(lastFailures) ? equallyBad + 1 : 1;
        equallyBad = good > 0 || mayPass(verdict) ? 0 : equallyBad;
        lastFailures = failures;
    }

    boolean isUndecided() {
        return good < toOpen;
    }

    boolean hasFailedLast() {
        return good == 0;
    }

    boolean isClosed() {
        return equallyBad >= toClose;
    }

    int count() {
        return count;
    }

    int inARow() {
        return good;
    }

    /** What could not be asked may be asked the next time, and what warms up gets warm: neither closes the gate early. */
    private static boolean mayPass(Verdict verdict) {
        return verdict.count(CheckStatus.UNKNOWN) > 0 || verdict.mayWarmUp();
    }
}
