package dev.sluice.starter.audit;

/**
 * One promise, and whether it was kept.
 *
 * @param evidence what was read, with times
 */
public record Promise(String words, State state, String evidence) {
    /** Whether it was kept. */
    public enum State {
        KEPT,
        BROKEN,
        DOES_NOT_APPLY,
        /** What it takes to know could not be read. */
        UNKNOWN
    }

    static Promise kept(String words, String evidence) {
        return new Promise(words, State.KEPT, evidence);
    }

    static Promise broken(String words, String evidence) {
        return new Promise(words, State.BROKEN, evidence);
    }

    static Promise doesNotApply(String words, String why) {
        return new Promise(words, State.DOES_NOT_APPLY, why);
    }

    static Promise unknown(String words, String why) {
        return new Promise(words, State.UNKNOWN, why);
    }
}
