package dev.sluice.lab.gateway;

import dev.sluice.lab.dns.ZoneResolver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** Leads each connection to one of the addresses that the site's name has at that moment, as a client's resolver would. */
public final class SiteDialer implements ConnectionDialer {
    private final ZoneResolver names;
    private final String name;
    private final int port;

    public SiteDialer(ZoneResolver names, String name, int port) {
        this.names = names;
        this.name = name;
        this.port = port;
    }

    @Override
    public SocketChannel dial(SocketChannel client) throws IOException {
        var addresses = names.addresses(name);
        if (addresses.isEmpty()) throw new IOException(name + " has no address in the lab's DNS.");
        return ConnectionRelay.connect(new InetSocketAddress(addresses.get(0), port));
    }
}
