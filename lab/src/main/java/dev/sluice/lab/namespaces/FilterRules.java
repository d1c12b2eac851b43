package dev.sluice.lab.namespaces;

import dev.sluice.lab.machine.PacketFilter;
import java.util.List;
import java.util.stream.Collectors;

/** The nft rules of one machine's filter: two chains, which the hub's maps reach from the machine's two links. */
final class FilterRules {
    private static final String TABLE = "inet firewall ";

    private final String slot;

    FilterRules(String slot) {
        this.slot = slot;
    }

    /** Applies a filter in one transaction: no packet sees half of it. */
    String text(PacketFilter filter) {
        return chain("in", filter.inbound(), "saddr") + chain("out", filter.outbound(), "daddr") + leads("add");
    }

    /** Removes a filter. Idempotent. */
    String open() {
        return empty("in") + empty("out") + leads("add") + leads("delete") + "delete chain " + TABLE + "in" + slot
                + "\ndelete chain " + TABLE + "out" + slot + "\n";
    }

    private String chain(String direction, List<PacketFilter.AllowedTraffic> passes, String side) {
        String rule = "add rule " + TABLE + direction + slot + " ";
        return passes.stream()
                .flatMap(pass -> pass.networks().stream()
                        .map(network -> rule + "ip " + side + " " + network + " " + ports(pass) + " return\n"))
                .distinct()
                .collect(Collectors.joining("", empty(direction), rule + "counter drop\n"));
    }

    private static String ports(PacketFilter.AllowedTraffic pass) {
        String protocol = pass.protocol();
        if (pass.firstPort() == 0) {
            return "meta l4proto " + protocol;
        }
        return protocol + " dport " + pass.firstPort() + "-" + pass.lastPort();
    }

    private String empty(String direction) {
        return "add chain " + TABLE + direction + slot + "\nflush chain " + TABLE + direction + slot + "\n";
    }

    private String leads(String verb) {
        return lead(verb, "inbound", "in") + lead(verb, "outbound", "out");
    }

    private String lead(String verb, String map, String direction) {
        String to = verb.equals("add") ? " : jump " + direction + slot : "";
        return "%s element %s%s { \"pub%s\"%s, \"pri%s\"%s }\n".formatted(verb, TABLE, map, slot, to, slot, to);
    }
}
