package dev.sluice.activities.expiry;

import java.time.Duration;

/**
 * The time limits of checks, and how many run in parallel.
 *
 * @param connect until a server accepts the connection
 * @param answer for one complete handshake or answer, including the connection
 * @param together number of parallel checks
 */
record ExpiryLimits(Duration connect, Duration answer, int together) {
    /** With these, 200 names of which some hang take 15 s: two checks of those, and the handshakes. */
    static final ExpiryLimits STANDARD = new ExpiryLimits(Duration.ofSeconds(2), Duration.ofSeconds(5), 100);
}
