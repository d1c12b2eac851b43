package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import java.util.List;

/** Checks SMART, memory errors and temperature where the hardware reports them. */
final class HardwareHealthChecks implements CheckGroup {
    private static final int HOT = 85;
    private static final int WARM = 75;

    @Override
    public List<CheckResult> judge(InspectionInput given) {
        InspectionOutput look = given.look();
        return List.of(
                look.judge(GateCheck.SMART, "smart", line -> smart(look)),
                look.judge(GateCheck.ECC, "ecc", HardwareHealthChecks::ecc),
                look.judge(GateCheck.TEMPERATURE, "temperature", HardwareHealthChecks::temperature));
    }

    private static CheckResult smart(InspectionOutput look) {
        List<String> failing = look.all("smart").stream()
                .filter(line -> line.has("ok") && !line.path("ok").asBoolean())
                .map(line -> line.path("disk").asText())
                .toList();
        return failing.isEmpty()
                ? GateCheck.SMART.ok("all disks pass")
                : GateCheck.SMART.critical("the disk reports a failure: %s", String.join(", ", failing));
    }

    private static CheckResult ecc(JsonNode line) {
        long uncorrected = line.path("uncorrected").asLong();
        long corrected = line.path("corrected").asLong();
        if (uncorrected > 0) {
            return GateCheck.ECC.critical("%d memory errors that could not be corrected, none expected", uncorrected);
        }
        return corrected > 0
                ? GateCheck.ECC.warn("%d corrected memory errors, none expected", corrected)
                : GateCheck.ECC.ok("no memory errors");
    }

    private static CheckResult temperature(JsonNode line) {
        long degrees = Math.round(line.path("milli").asDouble() / 1000);
        if (degrees >= HOT) {
            return GateCheck.TEMPERATURE.critical("%d °C at the hottest sensor, under %d expected", degrees, HOT);
        }
        return degrees >= WARM
                ? GateCheck.TEMPERATURE.warn("%d °C at the hottest sensor, better under %d", degrees, WARM)
                : GateCheck.TEMPERATURE.ok("%d °C at the hottest sensor", degrees);
    }
}
