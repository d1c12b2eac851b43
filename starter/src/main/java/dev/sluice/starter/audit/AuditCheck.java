package dev.sluice.starter.audit;

/**
 * One promise, with whether the run kept it.
 *
 * @param evidence the events or the state that prove it, with times
 */
record AuditCheck(String words, CheckState state, String evidence) {
    /** The result of a check. */
    public enum CheckState {
        KEPT,
        BROKEN,
        DOES_NOT_APPLY,
        /** The required state could not be read. */
        UNKNOWN
    }

    static AuditCheck kept(String words, String evidence) {
        return new AuditCheck(words, CheckState.KEPT, evidence);
    }

    static AuditCheck broken(String words, String evidence) {
        return new AuditCheck(words, CheckState.BROKEN, evidence);
    }

    static AuditCheck doesNotApply(String words, String why) {
        return new AuditCheck(words, CheckState.DOES_NOT_APPLY, why);
    }

    static AuditCheck unknown(String words, String why) {
        return new AuditCheck(words, CheckState.UNKNOWN, why);
    }
}
