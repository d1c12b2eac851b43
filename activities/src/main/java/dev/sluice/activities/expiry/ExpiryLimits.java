package dev.sluice.activities.expiry;

import java.time.Duration;

/**
 * How long others may take.
 *
 * @param connect until a server takes the connection
 * @param answer for one whole handshake or one whole answer, the connection included
 * @param together how many are asked at once
 */
public record ExpiryLimits(Duration connect, Duration answer, int together) {
    /** 200 names of which some hang are done in 15 s: two looks at these, and the handshakes. */
    public static final ExpiryLimits STANDARD = new ExpiryLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 100);
}
