package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.model.node.NodeName;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Formats values for the operator. */
public final class TextFormat {
    private TextFormat() {}

    public static String format(Duration time) {
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return time.toSeconds() + " s";
        }
        return time.toMinutes() < 120
                ? time.toMinutes() + " min"
                : "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
    }

    /** {@code 2026-11-22 18:00:00 UTC}: a deadline is meant to the second, and read in any country. */
    public static String format(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    public static String formatElapsed(Instant from, Instant to) {
        return String.format(Locale.ROOT, "%.1f s", Duration.between(from, to).toMillis() / 1000.0);
    }

    public static String format(Collection<NodeName> names) {
        return names.stream().map(NodeName::value).collect(Collectors.joining(", "));
    }
}
