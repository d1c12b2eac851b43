package dev.sluice.activities.cloud.client;

import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The address of DigitalOcean's API and the token.
 *
 * @param api such as {@code https://api.digitalocean.com}; plain http is accepted for loopback only
 * @param token read before every request, so that a new token needs no restart
 */
public record CloudSettings(URI api, Supplier<String> token) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    public CloudSettings {
        String host = api.getHost();
        boolean encrypted = "https".equals(api.getScheme());
        boolean local = "http".equals(api.getScheme()) && host != null && LOOPBACK.contains(host);
        if (host == null || !(encrypted || local)) {
            throw new IllegalArgumentException(
                    "'%s' is not an address of the API: https, or http to loopback".formatted(api));
        }
    }
}
