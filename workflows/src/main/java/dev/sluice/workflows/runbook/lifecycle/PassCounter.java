package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.Verdict;
import java.util.Set;
import java.util.stream.Collectors;

/** Counts looks at a node: so many good ones in a row open the gate, so many equal bad ones close it. */
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

    void add(Verdict look) {
        count++;
        good = look.opensGate() ? good + 1 : 0;
        Set<String> failures = look.failures().stream().map(CheckResult::check).collect(Collectors.toSet());
        equallyBad = failures.equals(lastFailures) ? equallyBad + 1 : 1;
        equallyBad = good > 0 || unknown(look) ? 0 : equallyBad;
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

    /** What could not be asked may be asked the next time: it never closes the gate early. */
    private static boolean unknown(Verdict look) {
        return look.count(CheckStatus.UNKNOWN) > 0;
    }
}
