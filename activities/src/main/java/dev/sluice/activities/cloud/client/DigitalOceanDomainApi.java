package dev.sluice.activities.cloud.client;

import com.google.gson.JsonObject;
import com.myjeeva.digitalocean.pojo.DomainRecord;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.cloud.api.JsonFields;
import dev.sluice.workflows.model.node.Ipv4Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The domains of a DigitalOcean account. */
final class DigitalOceanDomainApi implements DomainApi {
    private static final Set<String> LEADING = Set.of("A", "AAAA", "CNAME");

    private final ApiClient calls;

    DigitalOceanDomainApi(ApiClient calls) {
        this.calls = calls;
    }

    @Override
    public List<AddressRecord> addresses(String domain, String name) {
        String full = name.equals("@") ? domain : name + "." + domain;
        return calls
                .readAll(records(domain), Map.of("type", "A", "name", full), "domain_records", json -> json)
                .stream()
                // A server of this API may ignore the filter, and a wrong record must never be removed.
                .filter(json -> JsonFields.text(json, "type").equals("A")
                        && JsonFields.text(json, "name").equals(name))
                .map(DigitalOceanDomainApi::entry)
                .toList();
    }

    @Override
    public List<ZoneRecord> records(String domain, Optional<String> name) {
        Map<String, String> filter = name.map(only -> Map.of("name", only.equals("@") ? domain : only + "." + domain))
                .orElse(Map.of());
        return calls
                .readAll(
                        records(domain),
                        filter,
                        "domain_records",
                        json -> new ZoneRecord(
                                domain,
                                JsonFields.text(json, "name"),
                                JsonFields.text(json, "type"),
                                JsonFields.text(json, "data")))
                .stream()
                .filter(record -> LEADING.contains(record.type()))
                .filter(record -> name.isEmpty() || record.name().equals(name.get()))
                .toList();
    }

    @Override
    public List<String> nameServers(String domain) {
        return calls.readAll(records(domain), Map.of("type", "NS"), "domain_records", json -> json).stream()
                .filter(json -> JsonFields.text(json, "type").equals("NS")
                        && JsonFields.text(json, "name").equals("@"))
                .map(json ->
                        JsonFields.text(json, "data").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    @Override
    public void add(String domain, String name, Ipv4Address address, int ttl) {
        DomainRecord record = new DomainRecord(name, address.value(), "A");
        record.setTtl(ttl);
        calls.sendWithClient("POST " + records(domain), client -> client.createDomainRecord(domain, record));
    }

    @Override
    public void setTtl(String domain, String name, AddressRecord entry, int ttl) {
        // The whole record: a PUT clears fields that it lacks.
        JsonObject record = new JsonObject();
        record.addProperty("type", "A");
        record.addProperty("name", name);
        record.addProperty("data", entry.address().value());
        record.addProperty("ttl", ttl);
        calls.change("PUT", records(domain) + "/" + entry.id(), record);
    }

    @Override
    public void remove(String domain, AddressRecord entry) {
        try {
            // Bypasses the client, which holds IDs of records as int.
            calls.change("DELETE", records(domain) + "/" + entry.id(), null);
        } catch (CloudApiException failure) {
            if (failure.kind() != CloudApiException.FailureKind.ABSENT) {
                throw failure;
            }
        }
    }

    private static AddressRecord entry(JsonObject json) {
        return new AddressRecord(json.get("id").getAsLong(), new Ipv4Address(JsonFields.text(json, "data")), (int)
                JsonFields.number(json, "ttl"));
    }

    private static String records(String domain) {
        return "/v2/domains/" + domain + "/records";
    }
}
