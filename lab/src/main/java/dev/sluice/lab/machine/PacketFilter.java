package dev.sluice.lab.machine;

import java.util.List;

/** The traffic that may enter and leave one machine; answers to allowed traffic pass, too. */
public record PacketFilter(List<AllowedTraffic> inbound, List<AllowedTraffic> outbound) {
    public PacketFilter {
        inbound = List.copyOf(inbound);
        outbound = List.copyOf(outbound);
    }

    /**
     * One kind of traffic that may pass.
     *
     * @param protocol tcp, udp or icmp
     * @param firstPort the lowest port of the receiver; 0 and {@code lastPort} 65535 are all of them
     * @param networks the allowed other side, IPv4 such as {@code 10.77.0.2/32}
     */
    public record AllowedTraffic(String protocol, int firstPort, int lastPort, List<String> networks) {
        public AllowedTraffic {
            networks = List.copyOf(networks);
        }

        boolean matches(String wantedProtocol, int port, String other) {
            return protocol.equals(wantedProtocol)
                    && (firstPort <= port && port <= lastPort)
                    && networks.stream().anyMatch(network -> holds(network, other));
        }

        private static boolean holds(String network, String address) {
            int slash = network.indexOf('/');
            int hostBits = 32 - Integer.parseInt(network.substring(slash + 1));
            return number(network.substring(0, slash)) >>> hostBits == number(address) >>> hostBits;
        }

        private static long number(String address) {
            long number = 0;
            for (String part : address.split("\\.", -1)) {
                number = number * 256 + Integer.parseInt(part);
            }
            return number;
        }
    }

    /** Whether a connection from this address may come in. */
    public boolean allowsInbound(String protocol, int port, String from) {
        return inbound.stream().anyMatch(pass -> pass.matches(protocol, port, from));
    }

    /** Whether a connection to this address may go out. */
    public boolean allowsOutbound(String protocol, int port, String to) {
        return outbound.stream().anyMatch(pass -> pass.matches(protocol, port, to));
    }
}
