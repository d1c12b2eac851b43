package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Queries the registries of the watched domains when they are due, and judges all answers. */
final class DomainExpiry {
    private static final Duration A_DAY = Duration.ofDays(1);
    /** In trouble the next scheduled check queries again, but not a check that follows at once. */
    private static final Duration IN_TROUBLE = Duration.ofMinutes(50);

    private final List<WatchedDomain> watched;
    private final Instant now;
    private final Map<String, RegistryAnswer> answers = new TreeMap<>();

    DomainExpiry(List<WatchedDomain> watched, List<RegistryAnswer> known, Instant now) {
        this.watched = watched;
        this.now = now;
        known.stream()
                .filter(answer -> watched.stream().anyMatch(one -> one.name().equals(answer.domain())))
                .forEach(answer -> answers.put(answer.domain(), answer));
    }

    /** Queries the domains that are due, and judges all. */
    List<ExpiryFinding> askAndJudge(Function<List<String>, List<RegistryAnswer>> ask) {
        List<String> due = watched.stream()
                .filter(this::isDue)
                .map(WatchedDomain::name)
                .distinct()
                .toList();
        if (!due.isEmpty()) {
            ask.apply(due).forEach(this::take);
        }
        return watched.stream()
                .flatMap(one -> Optional.ofNullable(answers.get(one.name())).stream()
                        .map(answer -> DomainJudge.judge(one, answer, now)))
                .toList();
    }

    List<RegistryAnswer> answers() {
        return List.copyOf(answers.values());
    }

    private void take(RegistryAnswer answer) {
        answers.merge(answer.domain(), answer, (before, after) -> after.withDateOf(before));
    }

    private boolean isDue(WatchedDomain one) {
        RegistryAnswer known = answers.get(one.name());
        return known == null || !now.isBefore(next(one, known));
    }

    private Instant next(WatchedDomain one, RegistryAnswer known) {
        return known.retryAfter().orElse(known.asked().plus(isSettled(one, known) ? A_DAY : IN_TROUBLE));
    }

    private boolean isSettled(WatchedDomain one, RegistryAnswer known) {
        boolean answered = known.outcome() == RegistryOutcome.DATE
                || known.outcome() == RegistryOutcome.NO_DATE
                || known.outcome() == RegistryOutcome.NO_SERVER;
        return answered && !DomainJudge.isCritical(DomainJudge.judge(one, known, now));
    }
}
