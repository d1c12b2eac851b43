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

/** What the run before this one handed on: how often a thing was found, who was told, what the registries said. */
final class PreviousExpiryRun {
    /** What could not be asked once may be well the next time: people hear of it from the second time on. */
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

    /** The same with how many looks in a row came to it. */
    List<ExpiryFinding> withStrikes(List<ExpiryFinding> found) {
        return found.stream()
                .map(one -> one.withStrikes(strikes.getOrDefault(one.key(), 0) + 1))
                .toList();
    }

    /** Tells what was not told today; the sentence is why it could not be. */
    Optional<String> notifyNew(List<ExpiryFinding> found, Notifier telling) {
        List<ExpiryFinding> news = found.stream().filter(this::isNews).toList();
        if (news.isEmpty() || !telling.isConfigured()) {
            return Optional.empty();
        }
        Optional<String> failed = telling.send("findings", title(news), lines(news));
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
