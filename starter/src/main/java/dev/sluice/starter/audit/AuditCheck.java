package dev.sluice.starter.audit;

/**
 * One promise, and whether it was kept.
 *
 * @param evidence what was read, with times
 */
record AuditCheck(String words, CheckState state, String evidence) {
    /** Whether it was kept. */
    public enum CheckState {
        KEPT,
        BROKEN,
        DOES_NOT_APPLY,
        /** What it takes to know could not be read. */
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
