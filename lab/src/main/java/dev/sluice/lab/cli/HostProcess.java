package dev.sluice.lab.cli;

import dev.sluice.lab.gateway.ConnectionDialer;
import dev.sluice.lab.namespaces.LabDirectory;
import java.io.IOException;
import java.net.InetSocketAddress;

/** The resident process in the host's network: relays connections from loopback to the gateway's sockets. */
final class HostProcess extends LabProcess {
    HostProcess(LabDirectory directory) throws IOException {
        super(directory);
    }

    @Override
    void openServices() throws IOException {
        openRelay(loopback(ports.api()), ConnectionDialer.to(crossing("api")));
        openRelay(loopback(ports.site()), ConnectionDialer.to(crossing("site")));
        openRelay(loopback(ports.socks()), ConnectionDialer.to(crossing("socks")));
    }

    @Override
    void openForward(String target) throws IOException {
        int port = LabEndpoints.portOf(target);
        openRelay(crossing("in" + port), ConnectionDialer.to(new InetSocketAddress(LabEndpoints.hostOf(target), port)));
    }
}
