package dev.sluice.starter.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.run.WebUiLinks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class TimeTextTest {
    @Test
    void writesDurationsInTheLargestFittingUnit() {
        assertThat(TimeText.duration(Duration.ofMillis(240))).isEqualTo("0.2 s");
        assertThat(TimeText.duration(Duration.ofSeconds(41))).isEqualTo("41 s");
        assertThat(TimeText.duration(Duration.ofMinutes(9))).isEqualTo("9 min");
        assertThat(TimeText.duration(Duration.ofMinutes(192))).isEqualTo("3 h 12 min");
        assertThat(TimeText.duration(Duration.ofDays(12))).isEqualTo("12 d");
        assertThat(TimeText.duration(Duration.ofSeconds(-3))).isEqualTo("0.0 s");
    }

    @Test
    void writesADeadlineToTheSecondAndWithAnyDayButToday() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T18:00:00Z"), ZoneOffset.UTC);
        assertThat(TimeText.deadline(Instant.parse("2026-11-22T18:00:12Z"), clock))
                .isEqualTo("18:00:12");
        assertThat(TimeText.deadline(Instant.parse("2026-11-23T18:00:12Z"), clock))
                .isEqualTo("2026-11-23 18:00:12");
    }

    @Test
    void writesATimeForAnyTimeZoneInUtc() {
        assertThat(TimeText.universal(Instant.parse("2026-11-22T18:00:12.677447418Z")))
                .isEqualTo("2026-11-22 18:00 UTC");
    }

    @Test
    void percentEncodesIdsInLinks() {
        assertThat(new WebUiLinks("http://127.0.0.1:8233/", "sluice").workflowPage("change/hello/app"))
                .isEqualTo("http://127.0.0.1:8233/namespaces/sluice/workflows/change%2Fhello%2Fapp");
    }
}
