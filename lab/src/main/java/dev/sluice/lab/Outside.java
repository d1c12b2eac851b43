package dev.sluice.lab;

import dev.sluice.lab.border.Relay;
import dev.sluice.lab.namespaces.LabDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The resident process in the host's network: listens on loopback and leads connections to the border's sockets. */
final class Outside extends Residents {
    Outside(LabDirectory directory) throws IOException {
        super(directory);
    }

    @Override
    void open() throws IOException {
        relay(loopback(ports.api()), Relay.to(crossing("api")));
        relay(loopback(ports.site()), Relay.to(crossing("site")));
        relay(loopback(ports.socks()), Relay.to(crossing("socks")));
    }

    @Override
    void forward(String target) throws IOException {
        int port = Ports.portOf(target);
        relay(crossing("in" + port), Relay.to(new InetSocketAddress(Ports.hostOf(target), port)));
    }
}
