package dev.sluice.lab;

import dev.sluice.lab.border.Dialer;
import dev.sluice.lab.border.Relay;
import dev.sluice.lab.namespaces.Hub;
import dev.sluice.lab.namespaces.LabDirectory;
import dev.sluice.lab.namespaces.ProcessFile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What the two resident processes of a lab have in common: they say who they are, and end when the hub ends. */
abstract class Residents {
    static final String INSIDE = "inside";
    static final String OUTSIDE = "outside";

    final LabDirectory directory;
    final Hub hub;
    final Ports ports;
    private final Set<String> forwarded = new HashSet<>();
    private final List<Relay> relays = new ArrayList<>();

    Residents(LabDirectory directory) throws IOException {
        this.directory = directory;
        this.hub = new Hub(directory);
        this.ports = Ports.read(directory.root());
    }

    /** Opens what it has to offer. */
    abstract void open() throws IOException;

    /** Opens one forward from outside into the lab, this side's half of it. */
    abstract void forward(String target) throws IOException;

    /** Opens all, says that it is ready, and stays as long as the hub does. */
    final void stay(String name) throws IOException, InterruptedException {
        processFile(directory, name).write(ProcessHandle.current().pid());
        open();
        forwards();
        java.nio.file.Files.writeString(directory.file(name + ".ready"), "ready\n");
        while (hub.running()) {
            TimeUnit.MILLISECONDS.sleep(200);
            forwards();
        }
    }

    static ProcessFile processFile(LabDirectory directory, String name) {
        return new ProcessFile(directory.file(name + ".pid"));
    }

    // A later "up" may have added some.
    private void forwards() throws IOException {
        if (!hub.running()) return;
        for (String target : Ports.read(directory.root()).forwards()) if (forwarded.add(target)) forward(target);
    }

    final void relay(SocketAddress from, Dialer to) throws IOException {
        relays.add(new Relay(from, to));
    }

    final UnixDomainSocketAddress crossing(String name) {
        return UnixDomainSocketAddress.of(directory.sockets().resolve(name));
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), port);
    }
}
