package dev.sluice.activities.cloud.client;

import java.time.Duration;
import java.time.Instant;
import org.apache.http.Header;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** Status and headers of an answer, which client 2.17 drops when a request fails. */
record ResponseHeaders(
        int status,
        @Nullable Integer remaining,
        @Nullable Duration toWait,
        @Nullable String requestId) {
    /** The burst limit sends Retry-After; the hourly limit sends only its end, which may be far away. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

    static final ResponseHeaders NOTHING = new ResponseHeaders(0, null, null, null);

    static ResponseHeaders of(HttpResponse response, Instant now) {
        int status = response.getStatusLine().getStatusCode();
        Long remaining = number(response, "RateLimit-Remaining");
        return new ResponseHeaders(
                status,
                remaining == null ? null : Math.toIntExact(Math.min(remaining, Integer.MAX_VALUE)),
                status == 429 ? waitingTime(response, now) : null,
                text(response, "x-request-id"));
    }

    private static Duration waitingTime(HttpResponse response, Instant now) {
        Long seconds = number(response, "Retry-After");
        if (seconds != null) {
            return Duration.ofSeconds(Math.max(1, seconds));
        }
        Long reset = number(response, "RateLimit-Reset");
        if (reset == null || reset <= now.getEpochSecond()) {
            return Duration.ofSeconds(5);
        }
        Duration wait = Duration.between(now, Instant.ofEpochSecond(reset));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    static @Nullable Long number(HttpResponse response, String header) {
        String text = text(response, header);
        return text != null && text.matches("[0-9]{1,15}") ? Long.valueOf(text) : null;
    }

    private static @Nullable String text(HttpResponse response, String name) {
        Header header = response.getFirstHeader(name);
        return header == null || header.getValue() == null
                ? null
                : header.getValue().strip();
    }
}
