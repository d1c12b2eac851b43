package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.model.report.StepReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Renders steps as the Markdown list that the Web UI shows; outside values are escaped. */
public final class StepMarkdown {
    private StepMarkdown() {}

    static String render(List<StepReport> steps) {
        return steps.stream().map(StepMarkdown::line).collect(Collectors.joining("\n"));
    }

    private static String line(StepReport report) {
        String says = report.says().isEmpty() ? "" : ": " + escape(report.says());
        return "- **%s** %s%s%s".formatted(word(report.state()), report.step().words(), time(report), says);
    }

    private static String word(StepReport.StepState state) {
        return switch (state) {
            case RUNNING -> "now";
            case WAITING -> "waits";
            case DONE -> "done";
            case NOT_NEEDED -> "not needed";
            case FAILED -> "failed";
            case TAKEN_BACK -> "rolled back";
            case NOT_TAKEN_BACK -> "NOT rolled back";
        };
    }

    private static String time(StepReport report) {
        return report.ended()
                .map(ended -> Duration.between(report.started(), ended).toMillis())
                .filter(millis -> millis > 0)
                .map(millis -> String.format(Locale.ROOT, ", %.1f s", millis / 1000.0))
                .orElse("");
    }

    /** Escapes HTML and Markdown, both of which the Web UI interprets. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replaceAll("([\\\\`*_\\[\\]#|~!])", "\\\\$1")
                .replaceAll("\\s+", " ");
    }
}
