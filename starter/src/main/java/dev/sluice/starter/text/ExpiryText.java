package dev.sluice.starter.text;

import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.model.check.CheckStatus;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Writes the dates that expire as a table, the worst first. */
public final class ExpiryText {
    private ExpiryText() {}

    public static List<String> lines(ExpiryReport report, Clock clock) {
        TextTable table = new TextTable().row(" ", "STATUS", "WHAT", "NAME", "WHERE", "UNTIL", "RESULT");
        report.found()
                .forEach(one -> table.row(
                        mark(one.status()),
                        one.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        one.kind().word(),
                        one.name(),
                        one.where(),
                        one.until()
                                .map(time -> TimeText.day(time, clock.getZone()))
                                .orElse("-"),
                        StepText.clean(one.says())));
        List<String> lines = new ArrayList<>(table.lines());
        report.notes().forEach(note -> lines.add("! " + StepText.clean(note)));
        lines.add(sum(report, clock));
        return lines;
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

    private static String sum(ExpiryReport report, Clock clock) {
        int findings = report.findings().size();
        String nearest = report.found().stream()
                .filter(one -> one.until().isPresent())
                .min(Comparator.comparing(one -> one.until().orElse(Instant.MAX)))
                .map(one -> "  The nearest date is %s: %s %s."
                        .formatted(
                                TimeText.day(one.until().orElseThrow(), clock.getZone()),
                                one.kind().word(),
                                one.name()))
                .orElse("");
        String found = findings == 0 ? "No findings." : SentenceFormat.count(findings, "finding") + ".";
        return found + nearest;
    }

    public static int exitCode(ExpiryReport report) {
        return report.findings().isEmpty() ? ExitCode.DONE : ExitCode.FINDINGS;
    }
}
