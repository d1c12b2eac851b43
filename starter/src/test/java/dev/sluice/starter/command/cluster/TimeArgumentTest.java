package dev.sluice.starter.command.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.starter.run.CliException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** It is 15:30 in Berlin. */
final class TimeArgumentTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T14:30:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "18:00,2026-11-22T17:00:00Z",
        "15:31,2026-11-22T14:31:00Z",
        "15:30,2026-11-23T14:30:00Z",
        "9:05,2026-11-23T08:05:00Z",
        "00:00,2026-11-22T23:00:00Z",
        "2h,2026-11-22T16:30:00Z",
        "90s,2026-11-22T14:31:30Z",
        "7d,2026-11-29T14:30:00Z",
        "2026-11-22T18:00:00Z,2026-11-22T18:00:00Z",
        "2026-11-22T18:00:00+01:00,2026-11-22T17:00:00Z"
    })
    void readsClockTimesDurationsAndFullTimes(String text, Instant expected) {
        assertThat(TimeArgument.parse(text, CLOCK)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"noon", "25:00", "18:61", "18", "2 h", "-2h", "", "2026-11-22", "2026-11-22T18:00:00"})
    void rejectsOtherTexts(String text) {
        CliException wrong = catchThrowableOfType(CliException.class, () -> TimeArgument.parse(text, CLOCK));

        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.sentence()).contains("--approve-by", "\"" + text + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "2026-11-22T14:30:00Z", "2026-11-22T14:29:59Z", "2025-11-22T18:00:00Z"})
    void rejectsATimeThatIsNotInTheFuture(String text) {
        CliException past = catchThrowableOfType(CliException.class, () -> TimeArgument.parse(text, CLOCK));

        assertThat(past.exitCode()).isEqualTo(2);
        assertThat(past.sentence()).contains("--approve-by", text);
    }

    @Test
    void readsClockTimesInTheZoneOfTheOperator() {
        Clock tokyo = CLOCK.withZone(ZoneId.of("Asia/Tokyo"));

        assertThat(TimeArgument.parse("18:00", tokyo)).isEqualTo(Instant.parse("2026-11-23T09:00:00Z"));
    }
}
