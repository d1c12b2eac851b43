package dev.sluice.lab.namespaces;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** DigitalOcean's metadata service: serves each machine, known by its source address, its own data. */
public final class MetadataServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ROOT = "/metadata/v1";

    private final NamespaceMachines machines;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(4, work -> {
        Thread thread = new Thread(work, "lab-metadata");
        thread.setDaemon(true);
        return thread;
    });

    public MetadataServer(NamespaceMachines machines, InetSocketAddress address) throws IOException {
        this.machines = machines;
        this.server = HttpServer.create(address, 64);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String caller = exchange.getRemoteAddress().getAddress().getHostAddress();
            Optional<String> text = machines.findByAddress(caller)
                    .flatMap(machine -> text(
                            machine,
                            machines.vendorData(),
                            exchange.getRequestURI().getPath()));
            byte[] body = text.orElse("not found").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(text.isPresent() ? 200 : 404, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private static Optional<String> text(MachineSpec machine, String vendorData, String path) {
        if (path.equals(ROOT + ".json")) {
            return Optional.of(json(machine, vendorData).toString());
        }
        if (!path.startsWith(ROOT)) {
            return Optional.empty();
        }
        String key = path.substring(ROOT.length()).replaceAll("^/|/$", "");
        return switch (key) {
            case "" ->
                Optional.of("id\nhostname\nuser-data\nvendor-data\npublic-keys\nregion\ninterfaces/\ndns/\ntags/");
            case "id" -> Optional.of(Long.toString(machine.id()));
            case "hostname" -> Optional.of(machine.name());
            case "user-data" -> Optional.of(machine.userData());
            case "vendor-data" -> Optional.of(vendorData);
            case "public-keys" -> Optional.of(String.join("\n", machine.sshKeys()));
            case "region" -> Optional.of(machine.region());
            case "tags" -> Optional.of(String.join("\n", machine.tags()));
            case "interfaces" -> Optional.of("public/\nprivate/");
            case "interfaces/public/0/ipv4/address" -> Optional.of(machine.publicAddress());
            case "interfaces/private/0/ipv4/address" -> Optional.of(machine.privateAddress());
            case "interfaces/public/0/ipv4/gateway" -> Optional.of("198.18.0.1");
            case "interfaces/private/0/ipv4/gateway" -> Optional.of("10.77.0.1");
            case "interfaces/public/0/ipv4/netmask", "interfaces/private/0/ipv4/netmask" -> Optional.of("255.255.0.0");
            case "interfaces/public/0/mac" -> Optional.of(macOf(machine.publicAddress()));
            case "interfaces/private/0/mac" -> Optional.of(macOf(machine.privateAddress()));
            case "interfaces/public/0/type" -> Optional.of("public");
            case "interfaces/private/0/type" -> Optional.of("private");
            case "dns/nameservers" -> Optional.of("10.77.0.1");
            default -> Optional.empty();
        };
    }

    private static ObjectNode json(MachineSpec machine, String vendorData) {
        ObjectNode all = JSON.createObjectNode()
                .put("droplet_id", machine.id())
                .put("hostname", machine.name())
                .put("user_data", machine.userData())
                .put("vendor_data", vendorData)
                .put("region", machine.region());
        ArrayNode keys = all.putArray("public_keys");
        machine.sshKeys().forEach(keys::add);
        ObjectNode interfaces = all.putObject("interfaces");
        network(interfaces, "public", machine.publicAddress(), "198.18.0.1");
        network(interfaces, "private", machine.privateAddress(), "10.77.0.1");
        all.putObject("dns").putArray("nameservers").add("10.77.0.1");
        ArrayNode tags = all.putArray("tags");
        machine.tags().forEach(tags::add);
        return all;
    }

    private static void network(ObjectNode interfaces, String kind, String address, String gateway) {
        ObjectNode one = interfaces.putArray(kind).addObject().put("type", kind).put("mac", macOf(address));
        one.putObject("ipv4")
                .put("ip_address", address)
                .put("netmask", "255.255.0.0")
                .put("gateway", gateway);
    }

    /** The hardware address of the interface with that address, as machine.sh makes it. */
    static String macOf(String address) {
        StringBuilder mac = new StringBuilder("02:53");
        for (String number : address.split("\\.", -1)) {
            mac.append(":%02x".formatted(Integer.parseInt(number)));
        }
        return mac.toString();
    }
}
