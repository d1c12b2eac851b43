package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.runbook.run.StepMarkdown;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders a check as the Markdown list in the Web UI. */
final class CheckMarkdown {
    private CheckMarkdown() {}

    static List<CheckFinding> worstFirst(List<CheckFinding> found) {
        return found.stream()
                .sorted(Comparator.comparingInt((CheckFinding one) -> rank(one.status()))
                        .thenComparing(CheckFinding::key)
                        .thenComparing(CheckFinding::says))
                .toList();
    }

    private static int rank(CheckStatus status) {
        return switch (status) {
            case CRITICAL -> 0;
            case UNKNOWN -> 1;
            case WARN -> 2;
            case OK -> 3;
            case NOT_APPLICABLE -> 4;
        };
    }

    static String render(int nodes, List<CheckFinding> found, List<String> done, List<String> notes) {
        Stream<String> first = Stream.of("- %d nodes checked, %d findings".formatted(nodes, found.size()));
        return Stream.of(
                        first,
                        done.stream().map(words -> "- **done** " + StepMarkdown.escape(words)),
                        notes.stream().map(words -> "- **note** " + StepMarkdown.escape(words)),
                        found.stream().map(CheckMarkdown::line))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
    }

    static String line(CheckFinding one) {
        return "- **%s** %s %s: %s"
                .formatted(
                        one.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        StepMarkdown.escape(one.subject()),
                        StepMarkdown.escape(one.check()),
                        StepMarkdown.escape(one.says()));
    }
}
