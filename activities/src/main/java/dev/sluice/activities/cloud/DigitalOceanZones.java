package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;
import com.myjeeva.digitalocean.pojo.DomainRecord;
import dev.sluice.workflows.model.Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The domains of a DigitalOcean account. */
final class DigitalOceanZones implements Zones {
    private final Calls calls;

    DigitalOceanZones(Calls calls) {
        this.calls = calls;
    }

    @Override
    public List<Entry> addresses(String domain, String name) {
        String full = name.equals("@") ? domain : name + "." + domain;
        return calls.all(records(domain), Map.of("type", "A", "name", full), "domain_records", json -> json).stream()
                // Another server of this API may not know the filter, and what is removed has to be right.
                .filter(json -> Reading.text(json, "type").equals("A")
                        && Reading.text(json, "name").equals(name))
                .map(DigitalOceanZones::entry)
                .toList();
    }

    @Override
    public List<String> nameServers(String domain) {
        return calls.all(records(domain), Map.of("type", "NS"), "domain_records", json -> json).stream()
                .filter(json -> Reading.text(json, "type").equals("NS")
                        && Reading.text(json, "name").equals("@"))
                .map(json -> Reading.text(json, "data").replaceFirst("\\.$", "").toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    @Override
    public void add(String domain, String name, Address address, int ttl) {
        DomainRecord record = new DomainRecord(name, address.value(), "A");
        record.setTtl(ttl);
        calls.client("POST " + records(domain), client -> client.createDomainRecord(domain, record));
    }

    @Override
    public void retime(String domain, String name, Entry entry, int ttl) {
        // The whole record: a PUT forgets what it is not told.
        JsonObject record = new JsonObject();
        record.addProperty("type", "A");
        record.addProperty("name", name);
        record.addProperty("data", entry.address().value());
        record.addProperty("ttl", ttl);
        calls.change("PUT", records(domain) + "/" + entry.id(), record);
    }

    @Override
    public void remove(String domain, Entry entry) {
        try {
            // Past the client, which holds ids of records as int.
            calls.change("DELETE", records(domain) + "/" + entry.id(), null);
        } catch (CloudFailure failure) {
            if (failure.kind() != CloudFailure.Kind.ABSENT) {
                throw failure;
            }
        }
    }

    private static Entry entry(JsonObject json) {
        return new Entry(
                json.get("id").getAsLong(), new Address(Reading.text(json, "data")), (int) Reading.number(json, "ttl"));
    }

    private static String records(String domain) {
        return "/v2/domains/" + domain + "/records";
    }
}
