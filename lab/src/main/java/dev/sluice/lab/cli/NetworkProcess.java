package dev.sluice.lab.cli;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.cloud.LabCloud;
import dev.sluice.lab.dns.LabNameServer;
import dev.sluice.lab.dns.ZoneResolver;
import dev.sluice.lab.gateway.ConnectionDialer;
import dev.sluice.lab.namespaces.LabDirectory;
import dev.sluice.lab.namespaces.MetadataServer;
import dev.sluice.lab.namespaces.NamespaceMachines;
import dev.sluice.lab.server.LabServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The resident process in the hub's network: the API, the machines, the name server and the metadata service. */
final class NetworkProcess extends LabProcess {
    private static final int HTTPS = 443;

    private final List<AutoCloseable> open = new ArrayList<>();

    NetworkProcess(LabDirectory directory) throws IOException {
        super(directory);
    }

    @Override
    void openServices() throws IOException {
        NamespaceMachines machines = new NamespaceMachines(directory, hub);
        LabCloud cloud = new LabCloud(machines, Clock.systemUTC(), LabSettings.of(ports.token(), System.getenv()));
        ZoneResolver names = new ZoneResolver(cloud);
        open.add(new LabServer(cloud, loopback(ports.api())));
        open.add(new LabNameServer(names, new InetSocketAddress("10.77.0.1", 53)));
        open.add(new MetadataServer(machines, new InetSocketAddress("169.254.169.254", 80)));
        openRelay(crossing("api"), ConnectionDialer.to(loopback(ports.api())));
        openRelay(crossing("site"), ConnectionDialer.toSite(names, ports.siteName(), HTTPS));
        openRelay(crossing("socks"), ConnectionDialer.socks(names));
    }

    @Override
    void openForward(String target) throws IOException {
        int port = LabEndpoints.portOf(target);
        openRelay(loopback(port), ConnectionDialer.to(crossing("in" + port)));
    }
}
