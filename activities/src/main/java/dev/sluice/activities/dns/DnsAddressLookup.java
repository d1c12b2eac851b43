package dev.sluice.activities.dns;

import dev.sluice.activities.expiry.AddressLookup;
import dev.sluice.workflows.model.node.Ipv4Address;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where clients find a name: names in the cluster's own zone at the zone's servers, since a cache may still hold what was
 * withdrawn; others, and aliases that lead out of the zone, at the worker's resolver.
 */
public final class DnsAddressLookup implements AddressLookup {
    private final AuthoritativeServers servers;

    /** The server is asked when the cluster file names none; empty asks those that the zone names. */
    public DnsAddressLookup(Optional<String> server) {
        this.servers = new AuthoritativeServers(server, Optional.empty());
    }

    @Override
    public List<String> resolve(String name, String zone, Optional<String> nameServer) throws IOException {
        if (name.equals(zone) || name.endsWith("." + zone)) {
            List<String> own = DnsPropagation.query(servers.find(zone, nameServer), name).stream()
                    .map(Ipv4Address::value)
                    .toList();
            if (!own.isEmpty()) {
                return own;
            }
        }
        return resolved(name);
    }

    /** Of both families, the one that every worker has. */
    private static List<String> resolved(String name) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(name);
        boolean four = Arrays.stream(all).anyMatch(Inet4Address.class::isInstance);
        return Arrays.stream(all)
                .filter(address -> !four || address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
