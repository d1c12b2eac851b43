package dev.sluice.workflows.fake;

/** How one call of one activity breaks. */
public enum CallFault {
    FAILS_BEFORE_EFFECT,
    FAILS_AFTER_EFFECT,
    /** No effect, no response. */
    TIMES_OUT,
    /** The effect takes place, but the call times out, as with a killed worker. */
    ANSWER_LOST;

    /** Which tries of the call break. */
    public enum FaultFrequency {
        ONCE,
        FOR_EVER
    }
}
