package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.runbook.run.Notifier;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The previous run's report: strikes, notified findings and registries' answers. */
final class PreviousExpiryRun {
    /** An unknown status is notified from the second check on, since it may be gone by then. */
    private static final int SURE = 2;

    private static final int LINES = 50;

    private final Map<String, Integer> strikes = new HashMap<>();
    private final Map<String, LocalDate> told = new HashMap<>();
    private final List<RegistryAnswer> answers;
    private final LocalDate today;

    private PreviousExpiryRun(
            List<ExpiryFinding> found, Map<String, LocalDate> told, List<RegistryAnswer> answers, LocalDate today) {
        found.forEach(one -> strikes.put(one.key(), one.strikes()));
        told.forEach((key, day) -> {
            if (day.equals(today)) {
                this.told.put(key, day);
            }
        });
        this.answers = answers;
        this.today = today;
    }

    static PreviousExpiryRun of(@Nullable ExpiryReport before, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        return before == null
                ? new PreviousExpiryRun(List.of(), Map.of(), List.of(), today)
                : new PreviousExpiryRun(before.found(), before.told(), before.answers(), today);
    }

    List<RegistryAnswer> answers() {
        return answers;
    }

    Map<String, LocalDate> told() {
        return Map.copyOf(told);
    }

    /** Returns the findings with their number of checks in a row. */
    List<ExpiryFinding> withStrikes(List<ExpiryFinding> found) {
        return found.stream()
                .map(one -> one.withStrikes(strikes.getOrDefault(one.key(), 0) + 1))
                .toList();
    }

    /** Notifies of the findings that were not notified today; returns the reason if that failed. */
    Optional<String> notifyNew(List<ExpiryFinding> found, Notifier notifier) {
        List<ExpiryFinding> news = found.stream().filter(this::isNews).toList();
        if (news.isEmpty() || !notifier.isConfigured()) {
            return Optional.empty();
        }
        Optional<String> failed = notifier.send("findings", title(news), lines(news));
        if (failed.isEmpty()) {
            news.forEach(one -> told.put(one.key(), today));
        }
        return failed;
    }

    private boolean isNews(ExpiryFinding one) {
        boolean sure = one.status() != CheckStatus.UNKNOWN || one.strikes() >= SURE;
        return one.needsAttention() && sure && !told.containsKey(one.key());
    }

    private static String title(List<ExpiryFinding> news) {
        return news.size() == 1 ? "1 finding" : "%d findings".formatted(news.size());
    }

    private static List<String> lines(List<ExpiryFinding> news) {
        List<String> lines = new ArrayList<>(
                news.stream().limit(LINES).map(PreviousExpiryRun::line).toList());
        if (news.size() > LINES) {
            lines.add("and %d more".formatted(news.size() - LINES));
        }
        return lines;
    }

    private static String line(ExpiryFinding one) {
        return "%s: %s %s (%s): %s"
                .formatted(
                        one.status().name().toLowerCase(Locale.ROOT),
                        one.kind().word(),
                        one.name(),
                        one.where(),
                        one.says());
    }
}
