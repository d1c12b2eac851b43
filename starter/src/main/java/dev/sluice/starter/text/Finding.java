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

    /** The last sentence: what it comes to, and what to do next. */
    public static String conclusion(List<Finding> findings) {
        long stops = count(findings, State.STOPS);
        long warnings = count(findings, State.WARN);
        long unknown = count(findings, State.UNKNOWN);
        String rest = "%s%s"
                .formatted(
                        warnings == 0 ? "" : "  %s to look at (!!).".formatted(ChangeText.count(warnings, "line")),
                        unknown == 0
                                ? ""
                                : "  %s could not be asked (??).".formatted(ChangeText.count(unknown, "link")));
        return stops == 0
                ? "Nothing that was asked would stop a deployment.%s".formatted(rest)
                : "%s would stop a deployment (no).%s  Mend the first, then ask again: %s"
                        .formatted(ChangeText.count(stops, "line"), rest, Hints.doctor());
    }

    private static long count(List<Finding> findings, State state) {
        return findings.stream().filter(finding -> finding.state == state).count();
    }

    /** 8 if something would stop a deployment. */
    public static int exitCode(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.state == State.STOPS) ? ExitCode.FINDINGS : ExitCode.DONE;
    }
}
