package dev.sluice.starter.text;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes times and durations for the operator. */
public final class TimeText {
    private static final DateTimeFormatter SECOND = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private TimeText() {}

    /** Returns {@code 0.2 s}, {@code 41 s}, {@code 9 min}, {@code 3 h 12 min} or {@code 12 d}. */
    public static String duration(Duration duration) {
        Duration length = duration.isNegative() ? Duration.ZERO : duration;
        if (length.toMillis() < 9_950) {
            return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
        }
        if (length.toSeconds() < 120) {
            return "%d s".formatted((length.toMillis() + 500) / 1000);
        }
        if (length.toMinutes() < 120) {
            return "%d min".formatted(length.toMinutes());
        }
        if (length.toHours() < 48) {
            return length.toMinutesPart() == 0
                    ? "%d h".formatted(length.toHours())
                    : "%d h %d min".formatted(length.toHours(), length.toMinutesPart());
        }
        return "%d d".formatted(length.toDays());
    }

    public static String duration(Instant from, Instant to) {
        return duration(Duration.between(from, to));
    }

    /** Returns {@code 14:31:07} in the clock's zone. */
    public static String second(Instant instant, ZoneId zone) {
        return SECOND.format(instant.atZone(zone));
    }

    /** Returns {@code 18:00:30}, with the day unless it is today. */
    public static String deadline(Instant instant, Clock clock) {
        ZoneId zone = clock.getZone();
        LocalDate day = LocalDate.ofInstant(instant, zone);
        String second = second(instant, zone);
        return day.equals(LocalDate.now(clock)) ? second : "%s %s".formatted(day, second);
    }

    /** Returns {@code 18:00}, with the day unless it is today. */
    public static String minute(Instant instant, Clock clock) {
        ZoneId zone = clock.getZone();
        LocalDate day = LocalDate.ofInstant(instant, zone);
        return day.equals(LocalDate.now(clock))
                ? MINUTE.format(instant.atZone(zone))
                : DAY.format(instant.atZone(zone));
    }

    /** Returns {@code 2026-11-20 18:00 UTC}, for readers in any time zone. */
    public static String universal(Instant instant) {
        return "%s UTC".formatted(DAY.format(instant.atZone(ZoneOffset.UTC)));
    }

    /** Returns {@code 2026-11-20}. */
    public static String day(Instant instant, ZoneId zone) {
        return LocalDate.ofInstant(instant, zone).toString();
    }
}
