package dev.sluice.lab.gateway;

import dev.sluice.lab.dns.ZoneResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;

/** Connects a relay to the other end of a connection that arrived. */
public interface ConnectionDialer {
    /** Returns the connected other end; SOCKS exchanges messages with the client first. */
    SocketChannel dial(SocketChannel client) throws IOException;

    /** Leads every connection to one address. */
    static ConnectionDialer to(SocketAddress address) {
        return client -> ConnectionRelay.connect(address);
    }

    /** Leads each connection to an address that the site's name has at that moment, as a client's resolver would. */
    static ConnectionDialer toSite(ZoneResolver names, String name, int port) {
        return client -> {
            List<InetAddress> addresses = names.addresses(name);
            if (addresses.isEmpty()) {
                throw new IOException(name + " has no address in the lab's DNS.");
            }
            return ConnectionRelay.connect(new InetSocketAddress(addresses.get(0), port));
        };
    }

    /** Leads each connection to the target of its SOCKS 5 request; names are those of the lab. */
    static ConnectionDialer socks(ZoneResolver names) {
        return new SocksDialer(names);
    }
}
