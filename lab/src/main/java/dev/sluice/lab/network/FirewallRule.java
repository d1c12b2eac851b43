package dev.sluice.lab.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One rule of a firewall in a normal form, so that equal rules are equal objects.
 *
 * @param ports one port, a range such as {@code 8000-9000}, or {@code 0} for all
 */
record FirewallRule(
        String protocol, String ports, SortedSet<String> addresses, SortedSet<Long> droplets, SortedSet<String> tags) {
    private static final Pattern PORTS = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";
    private static final Pattern V4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}(/(3[0-2]|[12]?[0-9]))?");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(/[0-9]{1,3})?");

    /** Reads the rules in a field of a body, such as {@code inbound_rules}, whose other side is {@code sources}. */
    static List<FirewallRule> read(ObjectNode body, String field, String side) {
        JsonNode list = body.path(field);
        if (list.isMissingNode() || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw ApiErrorException.unprocessable(field + " must be a list.");
        }
        List<FirewallRule> rules = new ArrayList<>();
        list.forEach(rule -> rules.add(read(rule, side)));
        return rules.stream().distinct().toList();
    }

    private static FirewallRule read(JsonNode rule, String side) {
        String protocol = rule.path("protocol").asText("");
        if (!List.of("tcp", "udp", "icmp").contains(protocol)) {
            throw ApiErrorException.unprocessable("protocol must be tcp, udp or icmp.");
        }
        JsonNode target = rule.path(side);
        if (!target.isObject()) {
            throw ApiErrorException.unprocessable("A rule must have %s.".formatted(side));
        }
        for (String absent : List.of("load_balancer_uids", "kubernetes_ids")) {
            if (!target.path(absent).isEmpty()) {
                throw ApiErrorException.unprocessable(
                        "The lab has no load balancers and no Kubernetes; leave %s out.".formatted(absent));
            }
        }
        FirewallRule read = new FirewallRule(
                protocol,
                protocol.equals("icmp") ? "0" : ports(rule.path("ports").asText("")),
                texts(target.path("addresses")),
                numbers(target.path("droplet_ids")),
                texts(target.path("tags")));
        if (!read.addresses.stream().allMatch(FirewallRule::isAddress)) {
            throw ApiErrorException.unprocessable("addresses must be IP addresses or networks such as 10.77.0.0/16.");
        }
        if (read.addresses.isEmpty() && read.droplets.isEmpty() && read.tags.isEmpty()) {
            throw ApiErrorException.unprocessable(side + " must name addresses, droplet_ids or tags.");
        }
        return read;
    }

    int firstPort() {
        return ports.equals("0") ? 0 : Integer.parseInt(ports.replaceFirst("-.*", ""));
    }

    int lastPort() {
        return ports.equals("0") ? 65535 : Integer.parseInt(ports.replaceFirst(".*-", ""));
    }

    /** The IPv4 networks among the addresses: the lab has no IPv6. */
    List<String> networks() {
        return addresses.stream()
                .filter(address -> V4.matcher(address).matches())
                .map(address -> address.contains("/") ? address : address + "/32")
                .toList();
    }

    ObjectNode json(String side) {
        ObjectNode target = ApiJson.object();
        if (!addresses.isEmpty()) {
            target.set("addresses", ApiJson.array(addresses));
        }
        if (!droplets.isEmpty()) {
            target.set("droplet_ids", ApiJson.array(droplets));
        }
        if (!tags.isEmpty()) {
            target.set("tags", ApiJson.array(tags));
        }
        return ApiJson.object().put("protocol", protocol).put("ports", ports).<ObjectNode>set(side, target);
    }

    private static String ports(String text) {
        if (text.equals("all") || text.equals("0")) {
            return "0";
        }
        Matcher form = PORTS.matcher(text);
        if (!form.matches()) {
            throw invalidPorts();
        }
        int first = Integer.parseInt(form.group(1));
        int last = form.group(2) == null ? first : Integer.parseInt(form.group(2));
        if (first < 1 || first > last || last > 65535) {
            throw invalidPorts();
        }
        return text;
    }

    private static ApiErrorException invalidPorts() {
        return ApiErrorException.unprocessable(
                "ports must be a port, a range such as 8000-9000, or 0 for all, as a text.");
    }

    private static boolean isAddress(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    private static SortedSet<String> texts(JsonNode list) {
        TreeSet<String> texts = new TreeSet<String>();
        list.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    private static SortedSet<Long> numbers(JsonNode list) {
        TreeSet<Long> numbers = new TreeSet<Long>();
        list.forEach(item -> numbers.add(item.asLong()));
        return numbers;
    }
}
