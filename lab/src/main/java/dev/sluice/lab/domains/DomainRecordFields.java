package dev.sluice.lab.domains;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Validates the fields of a DNS record by its type. */
final class DomainRecordFields {
    private static final Set<String> TYPES = Set.of("A", "AAAA", "CAA", "CNAME", "MX", "NS", "SRV", "TXT");
    private static final List<String> NUMBERS = List.of("priority", "port", "weight", "flags");
    private static final Pattern V4 =
            Pattern.compile("((25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})\\.){3}(25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    private static final Pattern NAME = Pattern.compile("@|(\\*\\.)?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\\*");
    private static final int LEAST_TTL = 30;

    private DomainRecordFields() {}

    /** Merges the body over the old record and validates the result. */
    static ObjectNode read(ObjectNode body, LabDomain domain, Optional<LabDomain.DomainRecord> old) {
        ObjectNode merged = old.map(entry -> entry.fields().deepCopy()).orElseGet(ApiJson::object);
        body.properties().stream()
                .filter(field -> !field.getValue().isNull())
                .forEach(field -> merged.set(field.getKey(), field.getValue()));
        if (merged.path("type").asText().equals("SOA")) {
            throw ApiErrorException.unprocessable("Type SOA is made with its domain and cannot be written");
        }
        ObjectNode fields = read(merged);
        String name = fields.path("name").asText();
        String suffix = "." + domain.name() + ".";
        if (name.endsWith(suffix)) {
            fields.put("name", name.substring(0, name.length() - suffix.length()));
        }
        checkAlias(fields, domain, old);
        return fields;
    }

    static ObjectNode read(ObjectNode body) {
        String type = text(body, "type", "");
        if (!TYPES.contains(type) && !type.equals("SOA")) {
            throw ApiErrorException.unprocessable("Type is not included in the list of record types");
        }
        String name = text(body, "name", Set.of("MX", "NS", "CAA").contains(type) ? "@" : "");
        String data = text(body, "data", "");
        checkName(name);
        checkData(type, data);
        ObjectNode fields = ApiJson.object().put("type", type).put("name", name).put("data", data);
        fields.put("ttl", ttl(body));
        for (String number : NUMBERS) {
            fields.set(number, number(body, number));
        }
        String tag = text(body, "tag", "");
        fields.put("tag", tag.isEmpty() ? null : tag);
        checkNumbers(type, fields);
        return fields;
    }

    private static void checkName(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (bare.isEmpty()) {
            throw ApiErrorException.unprocessable("Name can't be blank");
        }
        if (bare.length() > 253 || !NAME.matcher(bare).matches()) {
            throw ApiErrorException.unprocessable(
                    "Name Only valid hostname characters are allowed. (a-z, A-Z, 0-9, ., _ and -)");
        }
    }

    private static void checkData(String type, String data) {
        if (data.isEmpty()) {
            throw ApiErrorException.unprocessable("Data can't be blank");
        }
        if (data.length() > 4096) {
            throw ApiErrorException.unprocessable("Data is too long");
        }
        if (type.equals("A") && !V4.matcher(data).matches()) {
            throw ApiErrorException.unprocessable("Data IP address (IPv4) is invalid for A records");
        }
        if (type.equals("AAAA") && !V6.matcher(data).matches()) {
            throw ApiErrorException.unprocessable("Data IP address (IPv6) is invalid for AAAA records");
        }
        if (Set.of("CNAME", "MX", "SRV").contains(type) && !data.equals("@") && !data.endsWith(".")) {
            throw ApiErrorException.unprocessable("Data needs to end with a dot (.)");
        }
    }

    private static void checkNumbers(String type, ObjectNode fields) {
        List<String> needed = switch (type) {
            case "MX" -> List.of("priority");
            case "SRV" -> List.of("priority", "port", "weight");
            case "CAA" -> List.of("flags", "tag");
            default -> List.of();
        };
        for (String field : needed) {
            if (fields.path(field).isNull()) {
                throw ApiErrorException.unprocessable("%s can't be blank for %s records".formatted(field, type));
            }
        }
    }

    private static void checkAlias(ObjectNode fields, LabDomain domain, Optional<LabDomain.DomainRecord> old) {
        boolean alias = fields.path("type").asText().equals("CNAME");
        boolean clash = domain.records().stream()
                .filter(entry -> old.isEmpty() || entry.id() != old.get().id())
                .filter(entry -> entry.name().equals(fields.path("name").asText()))
                .anyMatch(entry -> alias || entry.type().equals("CNAME"));
        if (clash) {
            throw ApiErrorException.unprocessable("CNAME records cannot share a name with other records");
        }
    }

    private static int ttl(ObjectNode body) {
        JsonNode ttl = body.path("ttl");
        if (ttl.isMissingNode() || ttl.isNull()) {
            return LabDomain.USUAL_TTL;
        }
        if (!ttl.isInt() || ttl.intValue() < LEAST_TTL) {
            throw ApiErrorException.unprocessable("Ttl must be a number of seconds, at least " + LEAST_TTL);
        }
        return ttl.intValue();
    }

    private static JsonNode number(ObjectNode body, String field) {
        JsonNode number = body.path(field);
        if (number.isMissingNode() || number.isNull()) {
            return ApiJson.object().nullNode();
        }
        if (!number.isInt() || number.intValue() < 0 || number.intValue() > 65_535) {
            throw ApiErrorException.unprocessable(field + " must be a number from 0 to 65535");
        }
        return number;
    }

    private static String text(ObjectNode body, String field, String usual) {
        JsonNode text = body.path(field);
        if (text.isMissingNode() || text.isNull()) {
            return usual;
        }
        if (!text.isTextual()) {
            throw ApiErrorException.unprocessable(field + " must be a text.");
        }
        return text.textValue();
    }
}
