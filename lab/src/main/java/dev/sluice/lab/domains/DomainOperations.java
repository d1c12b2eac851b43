package dev.sluice.lab.domains;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.dns.DnsZones;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The domains and their records, which a name server reads as {@link DnsZones}. */
public final class DomainOperations {
    private static final Pattern NAME = Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");

    private final Map<String, LabDomain> domains = new LinkedHashMap<>();
    private long nextRecord = 290_000_001;
    private @Nullable Map<String, List<DnsZones.ZoneRecord>> old;
    private long changes;

    public List<ApiOperation> operations() {
        String record = "/v2/domains/{domain}/records/{record}";
        return List.of(
                ApiOperation.get("/v2/domains", "", this::list),
                ApiOperation.post("/v2/domains", "with NS records, and an A if `ip_address` is given", this::create),
                ApiOperation.get("/v2/domains/{domain}", "with `zone_file`", this::get),
                ApiOperation.delete("/v2/domains/{domain}", "", this::delete),
                ApiOperation.get("/v2/domains/{domain}/records", "`type`, `name` (the full name)", this::listRecords),
                ApiOperation.post(
                        "/v2/domains/{domain}/records", "A, AAAA, CAA, CNAME, MX, NS, SRV, TXT", this::createRecord),
                ApiOperation.get(record, "", this::getRecord),
                ApiOperation.patch(record, "changes the fields of the body", this::changeRecord),
                ApiOperation.put(record, "as PATCH", this::changeRecord),
                ApiOperation.delete(record, "", this::deleteRecord));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "domains", List.copyOf(domains.values()), LabDomain::json);
    }

    private ApiResponse create(RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank").toLowerCase(Locale.ROOT);
        if (name.length() > 253 || !NAME.matcher(name).matches()) {
            throw ApiErrorException.unprocessable("Name is invalid");
        }
        if (domains.containsKey(name)) {
            throw ApiErrorException.unprocessable("Name already exists");
        }
        LabDomain domain = new LabDomain(name);
        add(domain, fields("SOA", "1800"));
        for (int server = 1; server <= 3; server++) {
            add(domain, fields("NS", "ns" + server + ".digitalocean.com"));
        }
        call.optionalText("ip_address")
                .filter(text -> !text.isEmpty())
                .ifPresent(text -> add(domain, fields("A", text)));
        domains.put(name, domain);
        return ApiResponse.of(201, "domain", domain.json());
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("domain", requireDomain(call).json());
    }

    private ApiResponse delete(RoutedRequest call) {
        domains.remove(requireDomain(call).name());
        return ApiResponse.noContent();
    }

    private ApiResponse listRecords(RoutedRequest call) {
        LabDomain domain = requireDomain(call);
        List<LabDomain.DomainRecord> found = domain.records().stream()
                .filter(entry -> matches(domain, entry, call))
                .toList();
        return ResultPage.respond(call, "domain_records", found, LabDomain.DomainRecord::json);
    }

    /** Creates a record, a second one for the same name and data too, as DigitalOcean does. */
    private ApiResponse createRecord(RoutedRequest call) {
        LabDomain domain = requireDomain(call);
        ObjectNode fields = DomainRecordFields.read(call.body(), domain, Optional.empty());
        return ApiResponse.of(201, "domain_record", add(domain, fields).json());
    }

    private ApiResponse getRecord(RoutedRequest call) {
        return ApiResponse.ok("domain_record", record(requireDomain(call), call).json());
    }

    /** Changes the fields of the body. PUT keeps the others, too: Terraform's provider omits the type against the specification. */
    private ApiResponse changeRecord(RoutedRequest call) {
        LabDomain domain = requireDomain(call);
        LabDomain.DomainRecord old = record(domain, call);
        LabDomain.DomainRecord changed =
                new LabDomain.DomainRecord(old.id(), DomainRecordFields.read(call.body(), domain, Optional.of(old)));
        domain.put(changed);
        return ApiResponse.ok("domain_record", changed.json());
    }

    private ApiResponse deleteRecord(RoutedRequest call) {
        LabDomain domain = requireDomain(call);
        domain.remove(record(domain, call));
        return ApiResponse.noContent();
    }

    public List<String> names() {
        return List.copyOf(domains.keySet());
    }

    /** Freezes the records that the name server serves; returns the key that {@link #thawAnswers} needs. */
    public long freezeAnswers() {
        Map<String, List<DnsZones.ZoneRecord>> now = new HashMap<>();
        for (String name : names()) {
            now.put(name, servedRecords(name));
        }
        old = now;
        return ++changes;
    }

    /** Ends a freeze, unless a later one began. */
    public void thawAnswers(long since) {
        if (since == changes) {
            old = null;
        }
    }

    /** The records that the name server serves. */
    public List<DnsZones.ZoneRecord> servedRecords(String domain) {
        Map<String, List<DnsZones.ZoneRecord>> before = old;
        return before == null ? entries(domain) : before.getOrDefault(domain.toLowerCase(Locale.ROOT), List.of());
    }

    public List<DnsZones.ZoneRecord> entries(String domain) {
        return Optional.ofNullable(domains.get(domain.toLowerCase(Locale.ROOT)))
                .map(LabDomain::entries)
                .orElse(List.of());
    }

    private LabDomain requireDomain(RoutedRequest call) {
        return Optional.ofNullable(domains.get(call.pathVariable("domain").toLowerCase(Locale.ROOT)))
                .orElseThrow(ApiErrorException::notFound);
    }

    private static LabDomain.DomainRecord record(LabDomain domain, RoutedRequest call) {
        return domain.find(call.pathId("record")).orElseThrow(ApiErrorException::notFound);
    }

    private LabDomain.DomainRecord add(LabDomain domain, ObjectNode fields) {
        LabDomain.DomainRecord entry = new LabDomain.DomainRecord(nextRecord++, fields);
        domain.put(entry);
        return entry;
    }

    private static ObjectNode fields(String type, String data) {
        return DomainRecordFields.read(
                ApiJson.object().put("type", type).put("name", "@").put("data", data));
    }

    private static boolean matches(LabDomain domain, LabDomain.DomainRecord entry, RoutedRequest call) {
        if (call.queryParameter("type")
                .filter(type -> !entry.type().equals(type))
                .isPresent()) {
            return false;
        }
        return call.queryParameter("name")
                .filter(name -> !domain.fullName(entry).equalsIgnoreCase(name))
                .isEmpty();
    }
}
