package dev.sluice.activities.expiry;

import dev.sluice.activities.conversation.HostilePeerContract;

final class TlsHandshakePeerTest implements HostilePeerContract {
    @Override
    public void talk(int port) throws Exception {
        new TlsHandshake(TrustedAuthorities.of(""), new ExpiryLimits(LIMIT, LIMIT, 8))
                .perform("127.0.0.1", port, "www.hello.example");
    }
}
