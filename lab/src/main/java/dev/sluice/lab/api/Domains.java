package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.name.Zones;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The domains and their records; a name server reads them as {@link Zones}. */
final class Domains {
    private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

    private final Map<String, Domain> domains = new LinkedHashMap<>();
    private long nextRecord = 290_000_001;
    private @Nullable Map<String, List<Zones.Entry>> old;
    private long changes;

    Answer list(Call call) {
        return Page.of(call, "domains", List.copyOf(domains.values()), Domain::json);
    }

    Answer create(Call call) {
        String name = call.required("name", "Name can't be blank").toLowerCase(Locale.ROOT);
        if (name.length() > 253 || !NAME.matcher(name).matches()) throw Refusal.unprocessable("Name is invalid");
        if (domains.containsKey(name)) throw Refusal.unprocessable("Name already exists");
        var domain = new Domain(name);
        add(domain, fields("SOA", "1800"));
        for (int server = 1; server <= 3; server++) add(domain, fields("NS", "ns" + server + ".digitalocean.com"));
        call.optional("ip_address").filter(text -> !text.isEmpty()).ifPresent(text -> add(domain, fields("A", text)));
        domains.put(name, domain);
        return Answer.of(201, "domain", domain.json());
    }

    Answer get(Call call) {
        return Answer.ok("domain", of(call).json());
    }

    Answer delete(Call call) {
        domains.remove(of(call).name);
        return Answer.noContent();
    }

    Answer listRecords(Call call) {
        Domain domain = of(call);
        var found = domain.records.values().stream()
                .filter(entry -> matches(domain, entry, call))
                .toList();
        return Page.of(call, "domain_records", found, Domain.Entry::json);
    }

    /** The same name and data twice makes two records, as it does outside. */
    Answer createRecord(Call call) {
        Domain domain = of(call);
        var fields = RecordFields.read(call.body(), domain, Optional.empty());
        return Answer.of(201, "domain_record", add(domain, fields).json());
    }

    Answer getRecord(Call call) {
        return Answer.ok("domain_record", record(of(call), call).json());
    }

    /** What the body leaves out stays, with PUT as with PATCH: Terraform's provider puts no type, whatever the specification wants. */
    Answer changeRecord(Call call) {
        Domain domain = of(call);
        var old = record(domain, call);
        var changed = new Domain.Entry(old.id(), RecordFields.read(call.body(), domain, Optional.of(old)));
        domain.records.put(old.id(), changed);
        return Answer.ok("domain_record", changed.json());
    }

    Answer deleteRecord(Call call) {
        Domain domain = of(call);
        domain.records.remove(record(domain, call).id());
        return Answer.noContent();
    }

    List<String> names() {
        return List.copyOf(domains.keySet());
    }

    /** From now on the name server answers what there is now; tells how to end that. */
    long answerAsNow() {
        Map<String, List<Zones.Entry>> now = new HashMap<>();
        for (String name : names()) now.put(name, served(name));
        old = now;
        return ++changes;
    }

    /** Ends it, unless a later one began. */
    void answerAgain(long since) {
        if (since == changes) old = null;
    }

    /** The records as the name server answers them. */
    List<Zones.Entry> served(String domain) {
        Map<String, List<Zones.Entry>> before = old;
        return before == null ? entries(domain) : before.getOrDefault(domain.toLowerCase(Locale.ROOT), List.of());
    }

    List<Zones.Entry> entries(String domain) {
        return Optional.ofNullable(domains.get(domain.toLowerCase(Locale.ROOT)))
                .map(Domain::entries)
                .orElse(List.of());
    }

    private Domain of(Call call) {
        return Optional.ofNullable(domains.get(call.text("domain").toLowerCase(Locale.ROOT)))
                .orElseThrow(Refusal::notFound);
    }

    private static Domain.Entry record(Domain domain, Call call) {
        return Optional.ofNullable(domain.records.get(call.id("record"))).orElseThrow(Refusal::notFound);
    }

    private Domain.Entry add(Domain domain, ObjectNode fields) {
        var entry = new Domain.Entry(nextRecord++, fields);
        domain.records.put(entry.id(), entry);
        return entry;
    }

    private static ObjectNode fields(String type, String data) {
        return RecordFields.read(
                Json.object().put("type", type).put("name", "@").put("data", data));
    }

    private static boolean matches(Domain domain, Domain.Entry entry, Call call) {
        if (call.asked("type").filter(type -> !entry.type().equals(type)).isPresent()) return false;
        return call.asked("name")
                .filter(name -> !domain.full(entry).equalsIgnoreCase(name))
                .isEmpty();
    }
}
