package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.RegistryAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Judges a registry's answer about a domain. */
final class DomainJudge {
    /** An older answer no longer counts. */
    private static final Duration STALE = Duration.ofDays(7);

    /** States in which a domain fails or will be released, whatever its date (RFC 8056's, without blanks). */
    private static final Map<String, String> GRAVE = Map.of(
            "redemptionperiod", "it was deleted, and its registrar can restore it for some weeks only",
            "pendingdelete", "it is about to be released for registration",
            "pendingrestore", "it was deleted and is being restored",
            "clienthold", "its registrar took it out of the DNS",
            "serverhold", "its registry took it out of the DNS",
            "inactive", "no name servers are delegated to it");

    private final WatchedDomain watched;
    private final RegistryAnswer answer;
    private final Instant now;

    private DomainJudge(WatchedDomain watched, RegistryAnswer answer, Instant now) {
        this.watched = watched;
        this.answer = answer;
        this.now = now;
    }

    static ExpiryFinding judge(WatchedDomain watched, RegistryAnswer answer, Instant now) {
        return new DomainJudge(watched, answer, now).judge();
    }

    static boolean isCritical(ExpiryFinding judged) {
        return judged.status() == CheckStatus.CRITICAL;
    }

    private ExpiryFinding judge() {
        List<String> grave = answer.states().stream()
                .filter(state -> GRAVE.containsKey(plain(state)))
                .map(state -> "'%s': %s".formatted(state, GRAVE.get(plain(state))))
                .toList();
        if (!grave.isEmpty()) {
            return verdict(
                    CheckStatus.CRITICAL, answer.until(), "its state is " + String.join("; ", grave) + renewal());
        }
        return switch (answer.outcome()) {
            case NOT_REGISTERED ->
                verdict(
                        CheckStatus.CRITICAL,
                        Optional.empty(),
                        "is not registered: its registry " + answer.says() + renewal());
            case DATE -> byDate(answer.until().orElseThrow(), "");
            case NO_DATE, NO_SERVER -> judgeByConfiguredDate();
            case BUSY, UNREADABLE -> judgeByLastAnswer();
        };
    }

    /** {@code redemption period}, {@code redemptionPeriod} and {@code redemption_period} are one state. */
    private static String plain(String state) {
        return state.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
    }

    private ExpiryFinding byDate(Instant until, String source) {
        DayLimits left = watched.left();
        long days = Duration.between(now, until).toDays();
        if (!now.isBefore(until)) {
            long ago = Duration.between(until, now).toDays();
            return verdict(
                    CheckStatus.CRITICAL,
                    Optional.of(until),
                    "ended on %s, %d days ago%s%s".formatted(day(until), ago, source, renewal()));
        }
        if (days >= left.warn()) {
            return verdict(CheckStatus.OK, Optional.of(until), "%d days left%s".formatted(days, source));
        }
        boolean urgent = days < left.critical();
        return verdict(
                urgent ? CheckStatus.CRITICAL : CheckStatus.WARN,
                Optional.of(until),
                "ends on %s, in %d days, expected at least %d%s%s"
                        .formatted(day(until), days, urgent ? left.critical() : left.warn(), source, renewal()));
    }

    private ExpiryFinding judgeByConfiguredDate() {
        Optional<Instant> own =
                watched.until().map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
        return own.map(until -> byDate(until, ", by the cluster file: " + answer.says()))
                .orElseGet(() -> verdict(
                        CheckStatus.UNKNOWN,
                        Optional.empty(),
                        "its end is unknown: %s. Add its date as until to the cluster file".formatted(answer.says())));
    }

    private ExpiryFinding judgeByLastAnswer() {
        String trouble = "its registry " + answer.says();
        Optional<Instant> heard = answer.heard().filter(when -> when.plus(STALE).isAfter(now));
        if (heard.isPresent() && answer.until().isPresent()) {
            return byDate(answer.until().get(), ", received on %s; now %s".formatted(day(heard.get()), trouble));
        }
        return verdict(CheckStatus.UNKNOWN, Optional.empty(), "could not be asked: " + trouble);
    }

    private ExpiryFinding verdict(CheckStatus status, Optional<Instant> until, String says) {
        String where = answer.registry().isEmpty() ? "RDAP" : answer.registry();
        return new ExpiryFinding(ExpiryKind.DOMAIN, watched.name(), where, status, until, says);
    }

    private String renewal() {
        return watched.renew().isBlank() ? "" : ". Renew it: " + watched.renew();
    }

    private static String day(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC).toString();
    }
}
