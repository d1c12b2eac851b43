package dev.sluice.lab.api;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** How many requests one token has left: in this hour, and in this minute. */
final class Quota {
    private final int limit;
    private final Window hour;
    private final Window minute;

    Quota(LabSettings settings) {
        this.limit = settings.hourlyRequests();
        this.hour = new Window(limit, Duration.ofHours(1));
        this.minute = new Window(settings.minuteRequests(), Duration.ofMinutes(1));
    }

    /** Counts a request, or refuses it; only the limit of a minute says when to come back. */
    void use(Instant now) {
        if (hour.remaining(now) <= 0) throw Refusal.tooManyRequests(0);
        if (minute.remaining(now) <= 0) throw Refusal.tooManyRequests(minute.waitSeconds(now));
        hour.use(now);
        minute.use(now);
    }

    Map<String, String> headers(Instant now, int status) {
        int remaining = status == 429 ? 0 : hour.remaining(now);
        return Map.of(
                "ratelimit-limit", Integer.toString(limit),
                "ratelimit-remaining", Integer.toString(remaining),
                "ratelimit-reset", Long.toString(hour.reset(now).getEpochSecond()));
    }
}
