package dev.sluice.lab.server;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.LabRequestWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The requests that one token has left in this hour and in this minute. */
final class RateLimit {
    private final int limit;
    private final LabRequestWindow hour;
    private final LabRequestWindow minute;

    RateLimit(LabSettings settings) {
        this.limit = settings.hourlyRequests();
        this.hour = new LabRequestWindow(limit, Duration.ofHours(1));
        this.minute = new LabRequestWindow(settings.minuteRequests(), Duration.ofMinutes(1));
    }

    /** Counts a request, or refuses it; only the limit of a minute states when to retry. */
    void consume(Instant now) {
        if (hour.remaining(now) <= 0) {
            throw ApiErrorException.tooManyRequests(0);
        }
        if (minute.remaining(now) <= 0) {
            throw ApiErrorException.tooManyRequests(minute.waitSeconds(now));
        }
        hour.addUse(now);
        minute.addUse(now);
    }

    Map<String, String> headers(Instant now, int status) {
        int remaining = status == 429 ? 0 : hour.remaining(now);
        return Map.of(
                "ratelimit-limit", Integer.toString(limit),
                "ratelimit-remaining", Integer.toString(remaining),
                "ratelimit-reset", Long.toString(hour.nextFreeTime(now).getEpochSecond()));
    }
}
