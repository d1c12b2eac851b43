package dev.sluice.activities.probe;

import dev.sluice.activities.conversation.HostilePeerContract;
import dev.sluice.workflows.model.node.Ipv4Address;

final class ClientProbeTest implements HostilePeerContract {
    @Override
    public void talk(int port) {
        new ClientProbe(LIMIT).probe(new Ipv4Address("127.0.0.1"), port, "www.hello.example");
    }
}
