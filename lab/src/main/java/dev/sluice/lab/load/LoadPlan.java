package dev.sluice.lab.load;

import java.time.Duration;

/**
 * A steady load.
 *
 * @param host name of the service, for DNS, SNI and the Host header
 * @param rate requests per second over all clients
 * @param clients connections at once
 * @param keep how long a client keeps a connection: the TTL of its DNS answer
 * @param limit the longest duration of the load
 */
record LoadPlan(String host, int port, String path, int rate, int clients, Duration keep, Duration limit) {
    public LoadPlan {
        if (rate < 1 || rate > 2_000 || clients < 1 || clients > 200 || limit.compareTo(Duration.ofHours(2)) > 0) {
            throw new IllegalArgumentException(
                    "A load is bounded: 1-2000 requests/s, 1-200 clients, at most 2 h; asked were %d, %d, %s"
                            .formatted(rate, clients, limit));
        }
    }
}
