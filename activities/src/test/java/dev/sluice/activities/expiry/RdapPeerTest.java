package dev.sluice.activities.expiry;

import dev.sluice.activities.conversation.HostilePeerContract;
import java.net.URI;

final class RdapPeerTest implements HostilePeerContract {
    @Override
    public void talk(int port) throws Exception {
        new RdapHttpClient(new ExpiryLimits(LIMIT, LIMIT, 8)).get(URI.create("http://127.0.0.1:%d/".formatted(port)));
    }
}
