package dev.sluice.workflows.fake;

/** How one call of one activity breaks. */
public enum Fault {
    FAILS_BEFORE_EFFECT,
    FAILS_AFTER_EFFECT,
    /** No try has an effect, none is answered. */
    TIMES_OUT,
    /** The first try has its effect, but nobody hears of it; the next one is answered. */
    ANSWER_LOST,
    /** Every try has its effect, none is answered. */
    NEVER_ANSWERED
}
