package dev.sluice.lab.domains;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.dns.DnsZones;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A zone and its records. */
final class LabDomain {
    static final int USUAL_TTL = 1800;

    private final String name;
    private final Map<Long, DomainRecord> records = new LinkedHashMap<>();

    LabDomain(String name) {
        this.name = name;
    }

    /** One record in the API's form; a field that its type lacks is null. */
    record DomainRecord(long id, ObjectNode fields) {
        String type() {
            return fields.path("type").asText();
        }

        String name() {
            return fields.path("name").asText();
        }

        ObjectNode json() {
            return fields.deepCopy().put("id", id);
        }

        int ttl() {
            return fields.path("ttl").asInt(USUAL_TTL);
        }

        /** The record's data in the form of a zone file. */
        String data() {
            String data = fields.path("data").asText();
            return switch (type()) {
                case "MX" -> number("priority") + " " + data;
                case "SRV" -> number("priority") + " " + number("weight") + " " + number("port") + " " + data;
                case "CAA" -> number("flags") + " " + fields.path("tag").asText() + " \"" + data + "\"";
                case "TXT" -> "\"" + data.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
                default -> data;
            };
        }

        private int number(String field) {
            return fields.path(field).asInt(0);
        }
    }

    String name() {
        return name;
    }

    Collection<DomainRecord> records() {
        return records.values();
    }

    Optional<DomainRecord> find(long id) {
        return Optional.ofNullable(records.get(id));
    }

    void put(DomainRecord entry) {
        records.put(entry.id(), entry);
    }

    void remove(DomainRecord entry) {
        records.remove(entry.id());
    }

    String fullName(DomainRecord entry) {
        return entry.name().equals("@") ? name : entry.name() + "." + name;
    }

    ObjectNode json() {
        return ApiJson.object().put("name", name).put("ttl", USUAL_TTL).put("zone_file", zoneFile());
    }

    /** The records for a name server: without the SOA, which it makes itself, and with the bare text of a TXT. */
    List<DnsZones.ZoneRecord> entries() {
        return records.values().stream()
                .filter(entry -> !entry.type().equals("SOA"))
                .map(entry -> new DnsZones.ZoneRecord(entry.type(), entry.name(), plain(entry), entry.ttl()))
                .toList();
    }

    private static String plain(DomainRecord entry) {
        return entry.type().equals("TXT") ? entry.fields().path("data").asText() : entry.data();
    }

    private String zoneFile() {
        StringBuilder text = new StringBuilder("$ORIGIN " + name + ".\n$TTL " + USUAL_TTL + "\n");
        text.append(name).append(". IN SOA ns1.digitalocean.com. hostmaster.").append(name);
        text.append(". 1 10800 3600 604800 ").append(USUAL_TTL).append('\n');
        for (DomainRecord entry : records.values()) {
            if (entry.type().equals("SOA")) {
                continue;
            }
            text.append(fullName(entry)).append(". ").append(entry.ttl()).append(" IN ");
            text.append(entry.type()).append(' ').append(entry.data()).append('\n');
        }
        return text.toString();
    }
}
