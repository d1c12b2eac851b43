package dev.sluice.workflows.runbook.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.check.ExpirySettings.WatchedDomain;
import dev.sluice.workflows.model.check.RegistryAnswer;
import dev.sluice.workflows.model.check.RegistryAnswer.RegistryOutcome;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DomainJudgeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final WatchedDomain watched = domain(Optional.empty());

    private static WatchedDomain domain(Optional<LocalDate> until) {
        return new WatchedDomain("hello.example", new DayLimits(30, 7), until, "ask ana");
    }

    private static RegistryAnswer dated(int days, String... states) {
        Instant until = NOW.plus(Duration.ofDays(days)).plusSeconds(60);
        return new RegistryAnswer(
                "hello.example",
                RegistryOutcome.DATE,
                "rdap.example",
                NOW,
                Optional.empty(),
                Optional.of(until),
                Optional.of(NOW),
                List.of(states),
                "");
    }

    private static RegistryAnswer without(RegistryOutcome outcome, String says) {
        return RegistryAnswer.withoutDate("hello.example", outcome, "rdap.example", NOW, says);
    }

    @Test
    void farDateIsOkAndNearDateIsNot() {
        assertThat(judged(dated(49))).isEqualTo("OK 49 days left");
        assertThat(judged(dated(29)))
                .isEqualTo("WARN ends on 2026-12-21, in 29 days, expected at least 30. Renew it: ask ana");
        assertThat(judged(dated(6)))
                .isEqualTo("CRITICAL ends on 2026-11-28, in 6 days, expected at least 7. Renew it: ask ana");
        assertThat(judged(dated(-3))).startsWith("CRITICAL ended on 2026-11-19, 2 days ago");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redemption period",
                "redemptionPeriod",
                "pending delete",
                "pending restore",
                "client hold",
                "server_hold",
                "inactive"
            })
    void graveStateIsCriticalWhateverTheDate(String state) {
        assertThat(judged(dated(900, "active", state))).startsWith("CRITICAL its state is '" + state + "': ");
    }

    @Test
    void harmlessStateIsNotReported() {
        assertThat(judged(dated(900, "client transfer prohibited", "active"))).isEqualTo("OK 900 days left");
    }

    @Test
    void unregisteredDomainIsCritical() {
        assertThat(judged(without(RegistryOutcome.NOT_REGISTERED, "knows no such domain (404)")))
                .isEqualTo("CRITICAL is not registered: its registry knows no such domain (404). Renew it: ask ana");
    }

    @Test
    void missingDateIsUnknownUnlessTheClusterFileHasOne() {
        RegistryAnswer none = without(RegistryOutcome.NO_SERVER, "its registry answers no such questions (no RDAP)");

        assertThat(judged(none)).startsWith("UNKNOWN its end is unknown: its registry answers no such questions");
        assertThat(judged(domain(Optional.of(LocalDate.of(2026, 11, 30))), none))
                .startsWith("WARN ends on 2026-11-30, in 7 days")
                .contains("by the cluster file: its registry answers no such questions");
        assertThat(judged(
                        domain(Optional.of(LocalDate.of(2031, 5, 31))),
                        without(RegistryOutcome.NO_DATE, "names no expiration")))
                .startsWith("OK 1650 days left");
    }

    @Test
    void recentAnswerStandsInForASilentRegistry() {
        RegistryAnswer silent = without(RegistryOutcome.UNREADABLE, "does not answer within 5000 ms");

        assertThat(judged(silent)).isEqualTo("UNKNOWN could not be asked: its registry does not answer within 5000 ms");
        assertThat(judged(silent.withDateOf(dated(49))))
                .isEqualTo("OK 49 days left, received on 2026-11-22; now its registry does not answer within 5000 ms");
        ExpiryFinding later = DomainJudge.judge(watched, silent.withDateOf(dated(49)), NOW.plus(Duration.ofDays(8)));
        assertThat(later.status()).isEqualTo(CheckStatus.UNKNOWN);
    }

    @Test
    void registryIsQueriedOnceADayAndEveryCheckInTrouble() {
        assertThat(due(dated(900), Duration.ofHours(23))).isEmpty();
        assertThat(due(dated(900), Duration.ofHours(24))).containsExactly("hello.example");
        assertThat(due(dated(900, "client hold"), Duration.ofHours(1))).containsExactly("hello.example");
        assertThat(due(without(RegistryOutcome.UNREADABLE, "x"), Duration.ofMinutes(5)))
                .isEmpty();
        assertThat(due(without(RegistryOutcome.UNREADABLE, "x"), Duration.ofHours(1)))
                .containsExactly("hello.example");
        assertThat(due(busyFor(Duration.ofHours(3)), Duration.ofHours(2))).isEmpty();
        assertThat(due(busyFor(Duration.ofHours(3)), Duration.ofHours(3))).containsExactly("hello.example");
    }

    private static RegistryAnswer busyFor(Duration time) {
        return new RegistryAnswer(
                "hello.example",
                RegistryOutcome.BUSY,
                "rdap.example",
                NOW,
                Optional.of(NOW.plus(time)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                "wants no question");
    }

    private List<String> due(RegistryAnswer known, Duration later) {
        List<String> asked = new java.util.ArrayList<>();
        new DomainExpiry(List.of(watched), List.of(known), NOW.plus(later)).askAndJudge(due -> {
            asked.addAll(due);
            return List.of();
        });
        return asked;
    }

    private String judged(RegistryAnswer answer) {
        return judged(watched, answer);
    }

    private static String judged(WatchedDomain domain, RegistryAnswer answer) {
        ExpiryFinding judged = DomainJudge.judge(domain, answer, NOW);
        return judged.status() + " " + judged.says();
    }
}
