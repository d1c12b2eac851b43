package dev.sluice.workflows.model.report;

import java.time.Instant;
import java.util.Optional;

/**
 * How one step went.
 *
 * @param says measured facts in one line, or what it waits for and until when
 * @param ended empty during the step
 */
public record StepReport(Step step, StepState state, Instant started, Optional<Instant> ended, String says) {
    /** The state of a step. */
    public enum StepState {
        RUNNING,
        WAITING,
        DONE,
        NOT_NEEDED,
        FAILED,
        TAKEN_BACK,
        NOT_TAKEN_BACK
    }
}
