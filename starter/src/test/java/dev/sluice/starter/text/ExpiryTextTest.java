package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.CheckExpiry.ExpiryReport;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExpiryTextTest {
    private static ExpiryFinding finding(ExpiryKind kind, String name, CheckStatus status, String until) {
        return new ExpiryFinding(
                kind,
                name,
                "here",
                status,
                until.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(until)),
                "measured\tvalue");
    }

    private static ExpiryReport report(List<String> notes, ExpiryFinding... found) {
        return new ExpiryReport(Instant.EPOCH, List.of(found), List.of(), Map.of(), notes);
    }

    @ParameterizedTest
    @CsvSource({
        "OK,✔,ok,0",
        "WARN,!,warn,8",
        "CRITICAL,✘,critical,8",
        "UNKNOWN,?,unknown,8",
        "NOT_APPLICABLE,-,not applicable,0"
    })
    void marksEachStatus(CheckStatus status, String mark, String word, int code) {
        ExpiryReport report = report(List.of(), finding(ExpiryKind.DOMAIN, "hello.example", status, ""));

        assertThat(ExpiryText.lines(report, CLOCK).get(1))
                .startsWith(mark + "  " + word + " ")
                .endsWith("-      measured value");
        assertThat(ExpiryText.exitCode(report)).isEqualTo(code);
    }

    @Test
    void sumsUpFindingsAndTheNearestDate() {
        ExpiryReport report = report(
                List.of("the webhook\nanswers 500"),
                finding(ExpiryKind.CERTIFICATE, "www.hello.example", CheckStatus.CRITICAL, "2026-11-26T12:00:00Z"),
                finding(ExpiryKind.RUN, "change/hello/app", CheckStatus.WARN, ""),
                finding(ExpiryKind.TEMPLATE, "hello-app", CheckStatus.OK, "2027-01-01T00:00:00Z"));

        List<String> lines = ExpiryText.lines(report, CLOCK);

        assertThat(lines).hasSize(6);
        assertThat(lines.get(4)).isEqualTo("! the webhook answers 500");
        assertThat(lines.get(5)).contains("2 findings", "2026-11-26", "certificate www.hello.example");
    }

    @Test
    void namesNoDateIfThereIsNone() {
        assertThat(ExpiryText.lines(report(List.of()), CLOCK))
                .hasSize(2)
                .last()
                .asString()
                .doesNotContain("20");
        assertThat(ExpiryText.exitCode(report(List.of()))).isZero();
    }
}
