package dev.sluice.lab.cli;

import dev.sluice.lab.gateway.ConnectionDialer;
import dev.sluice.lab.gateway.ConnectionRelay;
import dev.sluice.lab.namespaces.LabDirectory;
import dev.sluice.lab.namespaces.NamespaceHub;
import dev.sluice.lab.namespaces.ProcessFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A resident process of a lab: writes its process file, and ends with the hub. */
abstract class LabProcess {
    static final String INSIDE = "inside";
    static final String OUTSIDE = "outside";

    final LabDirectory directory;
    final NamespaceHub hub;
    final LabEndpoints ports;
    private final Set<String> forwarded = new HashSet<>();
    private final List<ConnectionRelay> relays = new ArrayList<>();

    LabProcess(LabDirectory directory) throws IOException {
        this.directory = directory;
        this.hub = new NamespaceHub(directory);
        this.ports = LabEndpoints.read(directory.root());
    }

    /** Opens the services of this process. */
    abstract void openServices() throws IOException;

    /** Opens this side's half of a forward from outside into the lab. */
    abstract void openForward(String target) throws IOException;

    /** Opens the services, reports that they are ready, and runs until the hub ends. */
    final void runUntilHubEnds(String name) throws IOException, InterruptedException {
        processFile(directory, name).write(ProcessHandle.current().pid());
        openServices();
        forwards();
        Files.writeString(directory.file(name + ".ready"), "ready\n");
        while (hub.isRunning()) {
            TimeUnit.MILLISECONDS.sleep(200);
            forwards();
        }
    }

    static ProcessFile processFile(LabDirectory directory, String name) {
        return new ProcessFile(directory.file(name + ".pid"));
    }

    // A later "up" may add forwards.
    private void forwards() throws IOException {
        if (!hub.isRunning()) {
            return;
        }
        for (String target : LabEndpoints.read(directory.root()).forwards()) {
            if (forwarded.add(target)) {
                openForward(target);
            }
        }
    }

    final void openRelay(SocketAddress from, ConnectionDialer to) throws IOException {
        relays.add(new ConnectionRelay(from, to));
    }

    final UnixDomainSocketAddress crossing(String name) {
        return UnixDomainSocketAddress.of(directory.sockets().resolve(name));
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
