package dev.sluice.activities.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.CheckResult;
import dev.sluice.workflows.model.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the clone is itself: no name, id or key of its template or of a member. */
final class Identity implements Family {
    @Override
    public List<CheckResult> judge(Case given) {
        Look look = given.look();
        return List.of(
                look.judged(Check.HOSTNAME, "host", host -> hostname(given, host)),
                look.judged(Check.MACHINE_ID, "host", host -> machine(given, host)),
                look.judged(Check.HOST_KEY, "host", host -> key(given, host)));
    }

    private static CheckResult hostname(Case given, JsonNode host) {
        String name = host.path("host").asText();
        return name.equals(given.name().value())
                ? Check.HOSTNAME.ok("%s", name)
                : Check.HOSTNAME.critical("is '%s', expected '%s'", name, given.name());
    }

    private static CheckResult machine(Case given, JsonNode host) {
        String id = host.path("machine").asText().strip();
        if (!id.matches("[0-9a-f]{32}")) {
            return Check.MACHINE_ID.critical("/etc/machine-id is '%s', expected 32 hexadecimal digits", id);
        }
        if (host.path("template").asText().contains("machine-id " + id)) {
            return Check.MACHINE_ID.critical("%s is the template's; first boot has to make a new one", id);
        }
        return sharer(given, id)
                .map(other -> Check.MACHINE_ID.critical("%s is also the machine-id of %s", id, other))
                .orElseGet(() -> Check.MACHINE_ID.ok("%s, its own%s", id, compared(given)));
    }

    private static Optional<NodeName> sharer(Case given, String id) {
        return given.siblings().entrySet().stream()
                .filter(other ->
                        other.getValue().text("host", "machine").strip().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static CheckResult key(Case given, JsonNode host) {
        List<String> keys = Facts.keys(given.look());
        if (keys.isEmpty()) {
            return Check.HOST_KEY.critical("the node has no host key of its own on its disk");
        }
        if (keys.stream().anyMatch(key -> host.path("template").asText().contains("host-key " + key))) {
            return Check.HOST_KEY.critical("a host key on its disk is the template's");
        }
        for (Map.Entry<NodeName, Look> other : given.siblings().entrySet()) {
            if (Facts.keys(other.getValue()).stream().anyMatch(keys::contains)) {
                return Check.HOST_KEY.critical("a host key on its disk is also that of %s", other.getKey());
            }
        }
        return Check.HOST_KEY.ok("its own, proven by our authority's certificate%s", compared(given));
    }

    private static String compared(Case given) {
        return given.siblings().isEmpty()
                ? ""
                : ", unlike those of " + given.siblings().size() + " other members";
    }
}
