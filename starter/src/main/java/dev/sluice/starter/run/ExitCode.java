package dev.sluice.starter.run;

import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The exit codes of the CLI; docs/cli.md lists them. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int RESTORED = 1;
    public static final int USAGE = 2;
    public static final int NOT_RESTORED = 3;
    public static final int DENIED = 4;
    public static final int REFUSED = 5;
    public static final int WAITING = 6;
    public static final int REJECTED = 7;
    public static final int FINDINGS = 8;
    public static final int UNREACHABLE = 9;
    public static final int PARTIAL = 10;
    public static final int DETACHED = 130;

    private ExitCode() {}

    /** Returns the exit code of one run, or of one node's part of it. */
    public static int of(RunOutcome outcome, Optional<FailureType> failure) {
        return switch (outcome) {
            case DONE, NOT_RESTORED, REJECTED, RUNNING -> outcome.exitCode();
            case RESTORED, REFUSED -> failure.map(FailureType::exitCode).orElse(outcome.exitCode());
        };
    }

    /**
     * Returns the exit code for several results: 3 wins. If some are done and others are not, it is 10: done in part. Else 7
     * wins, then 1, then the lowest of the others except 0.
     */
    public static int combined(Collection<Integer> codes) {
        if (codes.contains(DONE) && codes.stream().anyMatch(code -> code != DONE) && !codes.contains(NOT_RESTORED)) {
            return PARTIAL;
        }
        return codes.stream().min(Comparator.comparingInt(ExitCode::rank)).orElse(DONE);
    }

    private static int rank(int code) {
        return switch (code) {
            case NOT_RESTORED -> 0;
            case REJECTED -> 1;
            case RESTORED -> 2;
            case DONE -> 100;
            default -> 3 + code;
        };
    }
}
