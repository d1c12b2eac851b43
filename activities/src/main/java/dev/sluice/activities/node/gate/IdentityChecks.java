package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.node.NodeName;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks that the clone shares no name, ID or key with its template or a member. */
final class IdentityChecks implements CheckGroup {
    @Override
    public List<CheckResult> judge(InspectionInput given) {
        InspectionOutput look = given.look();
        return List.of(
                look.judge(GateCheck.HOSTNAME, "host", host -> hostname(given, host)),
                look.judge(GateCheck.MACHINE_ID, "host", host -> machine(given, host)),
                look.judge(GateCheck.HOST_KEY, "host", host -> key(given, host)));
    }

    private static CheckResult hostname(InspectionInput given, JsonNode host) {
        String name = host.path("host").asText();
        return name.equals(given.name().value())
                ? GateCheck.HOSTNAME.ok("%s", name)
                : GateCheck.HOSTNAME.critical("is '%s', expected '%s'", name, given.name());
    }

    private static CheckResult machine(InspectionInput given, JsonNode host) {
        String id = host.path("machine").asText().strip();
        if (!id.matches("[0-9a-f]{32}")) {
            return GateCheck.MACHINE_ID.critical("/etc/machine-id is '%s', expected 32 hexadecimal digits", id);
        }
        if (host.path("template").asText().contains("machine-id " + id)) {
            return GateCheck.MACHINE_ID.critical("%s is the template's; first boot must create a new one", id);
        }
        return sharer(given, id)
                .map(other -> GateCheck.MACHINE_ID.critical("%s is also the machine-id of %s", id, other))
                .orElseGet(() -> GateCheck.MACHINE_ID.ok("%s, its own%s", id, compared(given)));
    }

    private static Optional<NodeName> sharer(InspectionInput given, String id) {
        return given.siblings().entrySet().stream()
                .filter(other ->
                        other.getValue().text("host", "machine").strip().equals(id))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static CheckResult key(InspectionInput given, JsonNode host) {
        List<String> keys = NodeFigures.keys(given.look());
        if (keys.isEmpty()) {
            return GateCheck.HOST_KEY.critical("the node has no host key of its own on its disk");
        }
        if (keys.stream().anyMatch(key -> host.path("template").asText().contains("host-key " + key))) {
            return GateCheck.HOST_KEY.critical("a host key on its disk is the template's");
        }
        for (Map.Entry<NodeName, InspectionOutput> other : given.siblings().entrySet()) {
            if (NodeFigures.keys(other.getValue()).stream().anyMatch(keys::contains)) {
                return GateCheck.HOST_KEY.critical("a host key on its disk is also that of %s", other.getKey());
            }
        }
        return GateCheck.HOST_KEY.ok("its own, proven by the authority's certificate%s", compared(given));
    }

    private static String compared(InspectionInput given) {
        return given.siblings().isEmpty()
                ? ""
                : ", unlike those of " + given.siblings().size() + " other members";
    }
}
