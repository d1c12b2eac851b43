package dev.sluice.workflows.fake;

/** How one call of one activity breaks. */
public enum CallFault {
    FAILS_BEFORE_EFFECT,
    FAILS_AFTER_EFFECT,
    /** No effect, no answer. */
    TIMES_OUT,
    /** It has its effect, but its time is over before anybody hears of it: what a killed worker leaves. */
    ANSWER_LOST;

    /** Which tries of the call break. */
    public enum FaultFrequency {
        ONCE,
        FOR_EVER
    }
}
