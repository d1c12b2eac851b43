package dev.sluice.lab;

import dev.sluice.lab.api.LabCloud;
import dev.sluice.lab.api.LabServer;
import dev.sluice.lab.api.LabSettings;
import dev.sluice.lab.border.Relay;
import dev.sluice.lab.border.Site;
import dev.sluice.lab.border.Socks;
import dev.sluice.lab.name.Answers;
import dev.sluice.lab.name.NameServer;
import dev.sluice.lab.namespaces.LabDirectory;
import dev.sluice.lab.namespaces.MetadataServer;
import dev.sluice.lab.namespaces.NamespaceMachines;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The resident process in the hub's network: the API, the machines, the name server and the metadata service. */
final class Inside extends Residents {
    private static final int HTTPS = 443;

    private final List<AutoCloseable> open = new ArrayList<>();

    Inside(LabDirectory directory) throws IOException {
        super(directory);
    }

    @Override
    void open() throws IOException {
        var machines = new NamespaceMachines(directory, hub);
        var cloud = new LabCloud(machines, Clock.systemUTC(), LabSettings.of(ports.token(), System.getenv()));
        var names = new Answers(cloud);
        open.add(new LabServer(cloud, loopback(ports.api())));
        open.add(new NameServer(names, new InetSocketAddress("10.77.0.1", 53)));
        open.add(new MetadataServer(machines, new InetSocketAddress("169.254.169.254", 80)));
        relay(crossing("api"), Relay.to(loopback(ports.api())));
        relay(crossing("site"), new Site(names, ports.siteName(), HTTPS));
        relay(crossing("socks"), new Socks(names));
    }

    @Override
    void forward(String target) throws IOException {
        int port = Ports.portOf(target);
        relay(loopback(port), Relay.to(crossing("in" + port)));
    }
}
