package dev.sluice.starter.command.cluster;

import dev.sluice.starter.clusterfile.DurationParser;
import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;

/** Parses points in time as operators write them. */
final class TimeArgument {
    private TimeArgument() {}

    /** Parses {@code 18:00} (the next one), {@code 2h} (from now), or a full ISO time; throws exit code 2 for anything else. */
    static Instant parse(String text, Clock clock) {
        Instant moment = DurationParser.parse(text)
                .map(clock.instant()::plus)
                .orElseGet(() -> text.matches("\\d\\d?:\\d\\d") ? nextTime(text, clock) : full(text));
        if (!moment.isAfter(clock.instant())) {
            throw new CliException(ExitCode.USAGE, "--approve-by: %s is in the past.".formatted(text));
        }
        return moment;
    }

    private static Instant nextTime(String text, Clock clock) {
        try {
            LocalTime time = LocalTime.parse(text.length() == 4 ? "0" + text : text);
            ZonedDateTime now = ZonedDateTime.now(clock);
            ZonedDateTime today = now.with(time);
            return (today.isAfter(now) ? today : today.plusDays(1)).toInstant();
        } catch (DateTimeParseException wrong) {
            throw wrong(text, wrong);
        }
    }

    private static Instant full(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException wrong) {
            throw wrong(text, wrong);
        }
    }

    private static CliException wrong(String text, DateTimeParseException cause) {
        return new CliException(
                ExitCode.USAGE,
                "--approve-by: \"%s\" is not a time; expected 18:00, 2026-11-22T18:00:00Z or 2h.".formatted(text),
                cause);
    }
}
