package dev.sluice.starter.doctor;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.starter.text.StepText;
import java.util.List;

/**
 * One finding of the doctor.
 *
 * @param state whether it would stop a deployment
 * @param says the measured state, and what to do if it is wrong
 */
public record DoctorFinding(String what, FindingState state, String says) {
    /** The state of a link. */
    public enum FindingState {
        OK("ok"),
        WARN("!!"),
        STOPS("no"),
        UNKNOWN("??");

        private final String word;

        FindingState(String word) {
            this.word = word;
        }
    }

    public static DoctorFinding ok(String what, String says) {
        return new DoctorFinding(what, FindingState.OK, says);
    }

    public static DoctorFinding stops(String what, String says) {
        return new DoctorFinding(what, FindingState.STOPS, says);
    }

    public static DoctorFinding unknown(String what, String says) {
        return new DoctorFinding(what, FindingState.UNKNOWN, says);
    }

    public static DoctorFinding warn(String what, String says) {
        return new DoctorFinding(what, FindingState.WARN, says);
    }

    public String line() {
        return "%s  %-18s %s".formatted(state.word, what, StepText.clean(says));
    }

    /** Returns the last sentence: the counts, and what to do next. */
    public static String conclusion(List<DoctorFinding> findings) {
        long stops = count(findings, FindingState.STOPS);
        long warnings = count(findings, FindingState.WARN);
        long unknown = count(findings, FindingState.UNKNOWN);
        String rest = "%s%s"
                .formatted(
                        warnings == 0
                                ? ""
                                : "  %s with a warning (!!).".formatted(SentenceFormat.count(warnings, "line")),
                        unknown == 0
                                ? ""
                                : "  %s could not be checked (??).".formatted(SentenceFormat.count(unknown, "link")));
        return stops == 0
                ? "No checked link would stop a deployment.%s".formatted(rest)
                : "%s would stop a deployment (no).%s  Fix the first, then check again: %s"
                        .formatted(SentenceFormat.count(stops, "line"), rest, CommandHints.doctor());
    }

    private static long count(List<DoctorFinding> findings, FindingState state) {
        return findings.stream().filter(finding -> finding.state == state).count();
    }

    /** Returns 8 if a finding would stop a deployment. */
    public static int exitCode(List<DoctorFinding> findings) {
        return findings.stream().anyMatch(finding -> finding.state == FindingState.STOPS)
                ? ExitCode.FINDINGS
                : ExitCode.DONE;
    }
}
