package dev.sluice.activities.ssh;

import dev.sluice.activities.conversation.HostilePeerContract;
import java.time.Clock;

/** Before the host key: whoever answers at the address has proven nothing. */
final class SshPeerTest implements HostilePeerContract {
    @Override
    public void talk(int port) throws Exception {
        try (JschNodeShells shells = new JschNodeShells(
                TestSshServer.WORKER.privateText(),
                TestSshServer.authority(),
                TestSshServer.CONTACT,
                Clock.systemUTC(),
                port,
                LIMIT)) {
            shells.open(TestSshServer.node(TestSshServer.NAME)).run(RemoteCommand.of("true"), LIMIT);
        }
    }
}
