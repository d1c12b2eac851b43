package dev.sluice.starter.text;

import java.util.List;

/**
 * One thing that the doctor looked at.
 *
 * @param state whether a deployment would fail for it
 * @param says what is, and what to do if it is not well
 */
public record Finding(String what, State state, String says) {
    /** How it is. */
    public enum State {
        OK("ok"),
        WARN("!!"),
        STOPS("no"),
        UNKNOWN("??");

        private final String word;

        State(String word) {
            this.word = word;
        }
    }

    public static Finding ok(String what, String says) {
        return new Finding(what, State.OK, says);
    }

    public static Finding stops(String what, String says) {
        return new Finding(what, State.STOPS, says);
    }

    public static Finding unknown(String what, String says) {
        return new Finding(what, State.UNKNOWN, says);
    }

    public static Finding warn(String what, String says) {
        return new Finding(what, State.WARN, says);
    }

    public String line() {
        return "%s  %-18s %s".formatted(state.word, what, StepText.clean(says));
    }

    /** 8 if something would stop a deployment. */
    public static int exitCode(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.state == State.STOPS) ? ExitCode.FINDINGS : ExitCode.DONE;
    }
}
