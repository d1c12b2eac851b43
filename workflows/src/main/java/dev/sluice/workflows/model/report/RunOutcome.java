package dev.sluice.workflows.model.report;

/** How a run ended, with the exit code that the CLI gives. */
public enum RunOutcome {
    RUNNING(6),
    DONE(0),
    /** Failed or cancelled, and everything is as before. */
    RESTORED(1),
    /** Failed, and something is left behind that the sentence names. */
    NOT_RESTORED(3),
    /** Refused before anything was changed. */
    REFUSED(5),
    /** Rejected, expired, or approved for another plan. */
    REJECTED(7);

    private final int exitCode;

    RunOutcome(int exitCode) {
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
