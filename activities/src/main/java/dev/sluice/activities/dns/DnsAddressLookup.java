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
 * Resolves a name as clients do: names in the cluster's zone at the zone's servers, since a cache may still hold a
 * withdrawn record; other names, and aliases that leave the zone, at the worker's resolver.
 */
public final class DnsAddressLookup implements AddressLookup {
    private final AuthoritativeServers servers;

    /** Takes the host:port to query if the cluster file names no server; empty for those of the NS records. */
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

    /** IPv4 addresses if there are any, since every worker has IPv4. */
    private static List<String> resolved(String name) throws IOException {
        InetAddress[] all = InetAddress.getAllByName(name);
        boolean four = Arrays.stream(all).anyMatch(Inet4Address.class::isInstance);
        return Arrays.stream(all)
                .filter(address -> !four || address instanceof Inet4Address)
                .map(InetAddress::getHostAddress)
                .toList();
    }
}
