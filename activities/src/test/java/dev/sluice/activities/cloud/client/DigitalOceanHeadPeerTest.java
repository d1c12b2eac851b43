package dev.sluice.activities.cloud.client;

import dev.sluice.activities.conversation.HostilePeerContract;
import java.net.URI;
import java.time.Clock;
import org.apache.http.client.methods.HttpGet;

final class DigitalOceanHeadPeerTest implements HostilePeerContract {
    /** Its head does not end. */
    @Override
    public String firstWords() {
        return "HTTP/1.1 200 OK\r\n";
    }

    @Override
    public void talk(int port) throws Exception {
        Clock clock = Clock.systemUTC();
        CloudSettings settings = new CloudSettings(URI.create("http://127.0.0.1:" + port), () -> "token");
        try (DigitalOceanHttpClient client = new DigitalOceanHttpClient(settings, new RateLimiter(clock), clock)) {
            client.within(LIMIT, () -> {
                try {
                    return client.execute(new HttpGet("https://api.digitalocean.com/v2/account"));
                } catch (java.io.IOException failed) {
                    throw new java.io.UncheckedIOException(failed);
                }
            });
        }
    }
}
