package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.check.CheckStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what a check has found, the worst first. */
public final class CheckText {
    private CheckText() {}

    public static List<String> lines(CheckReport report, Clock clock) {
        List<String> lines = new ArrayList<>();
        if (!report.found().isEmpty()) {
            TextTable table = new TextTable().row(" ", "WHAT", "CHECK", "SINCE", "RESULT");
            report.found()
                    .forEach(one -> table.row(
                            mark(one.status()),
                            one.subject(),
                            one.check(),
                            TimeText.second(one.since(), clock.getZone()),
                            StepText.clean(one.says())));
            lines.addAll(table.lines());
        }
        report.done().forEach(words -> lines.add("↩ " + StepText.clean(words)));
        report.notes().forEach(words -> lines.add("! " + StepText.clean(words)));
        lines.add("%s checked: %s."
                .formatted(
                        SentenceFormat.count(report.nodes(), "node"),
                        SentenceFormat.count(report.found().size(), "finding")));
        return lines;
    }

    /** Warnings are shown and do not count. */
    public static int exitCode(CheckReport report) {
        return report.serious().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }

    /**
     * The last check of the schedule in the status: how old it is, and what it found.
     *
     * @param last empty if none is known
     */
    public static List<String> lastCheck(Optional<CheckReport> last, CheckSettings settings, Clock clock) {
        if (last.isEmpty()) {
            return List.of("No check has run yet.  See: " + CommandHints.schedules());
        }
        CheckReport report = last.get();
        List<String> lines = new ArrayList<>();
        lines.add("Last check %s, %s ago: %s"
                .formatted(
                        TimeText.second(report.at(), clock.getZone()),
                        TimeText.duration(report.at(), clock.instant()),
                        SentenceFormat.count(report.found().size(), "finding")));
        if (isLate(report, settings, clock)) {
            lines.add("✘ no check for two intervals of %s: nobody watches the cluster; see: %s"
                    .formatted(TimeText.duration(settings.every()), CommandHints.schedules()));
        }
        report.found().forEach(one -> lines.add(line(one)));
        report.done().forEach(words -> lines.add("↩ " + StepText.clean(words)));
        report.notes().forEach(words -> lines.add("! " + StepText.clean(words)));
        return lines;
    }

    /** Whether a check that is due has not run. */
    public static boolean isLate(CheckReport report, CheckSettings settings, Clock clock) {
        Duration age = Duration.between(report.at(), clock.instant());
        return age.compareTo(settings.every().multipliedBy(2).plusSeconds(30)) > 0;
    }

    private static String line(CheckFinding one) {
        return "%s %s  %s: %s  (%s)"
                .formatted(
                        mark(one.status()),
                        one.subject(),
                        one.check(),
                        StepText.clean(one.says()),
                        SentenceFormat.count(one.strikes(), "check"));
    }

    private static String mark(CheckStatus status) {
        return switch (status) {
            case OK -> "✔";
            case WARN -> "!";
            case CRITICAL -> "✘";
            case UNKNOWN -> "?";
            case NOT_APPLICABLE -> "-";
        };
    }
}
