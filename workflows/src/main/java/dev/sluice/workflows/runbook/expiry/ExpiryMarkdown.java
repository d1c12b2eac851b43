package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.runbook.run.StepMarkdown;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Renders the findings as the Markdown list in the Web UI: findings in full, then the number of good ones. */
final class ExpiryMarkdown {
    private ExpiryMarkdown() {}

    /** The worst first, then the nearest date. */
    static List<ExpiryFinding> worstFirst(List<ExpiryFinding> found) {
        return found.stream()
                .sorted(Comparator.comparingInt((ExpiryFinding one) -> rank(one.status()))
                        .thenComparing(one -> one.until().orElse(Instant.MAX))
                        .thenComparing(ExpiryFinding::key))
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

    static String render(List<ExpiryFinding> found) {
        List<String> findings = found.stream()
                .filter(ExpiryFinding::needsAttention)
                .map(ExpiryMarkdown::line)
                .toList();
        String rest = "- %d of %d are ok".formatted(found.size() - findings.size(), found.size());
        return Stream.concat(findings.stream(), Stream.of(rest)).collect(Collectors.joining("\n"));
    }

    private static String line(ExpiryFinding one) {
        String until = one.until().map(time -> ", until " + day(time)).orElse("");
        return "- **%s** %s %s (%s%s): %s"
                .formatted(
                        one.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        one.kind().word(),
                        StepMarkdown.escape(one.name()),
                        StepMarkdown.escape(one.where()),
                        until,
                        StepMarkdown.escape(one.says()));
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
