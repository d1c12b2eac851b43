package dev.sluice.activities.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.CheckResult;
import java.util.List;

/** What the hardware says of itself, where it says anything. */
final class Health implements Family {
    private static final int HOT = 85;
    private static final int WARM = 75;

    @Override
    public List<CheckResult> judge(Case given) {
        Look look = given.look();
        return List.of(
                look.judged(Check.SMART, "smart", line -> smart(look)),
                look.judged(Check.ECC, "ecc", Health::ecc),
                look.judged(Check.TEMPERATURE, "temperature", Health::temperature));
    }

    private static CheckResult smart(Look look) {
        List<String> failing = look.all("smart").stream()
                .filter(line -> line.has("ok") && !line.path("ok").asBoolean())
                .map(line -> line.path("disk").asText())
                .toList();
        return failing.isEmpty()
                ? Check.SMART.ok("all disks pass")
                : Check.SMART.critical("the disk says that it fails: %s", String.join(", ", failing));
    }

    private static CheckResult ecc(JsonNode line) {
        long uncorrected = line.path("uncorrected").asLong();
        long corrected = line.path("corrected").asLong();
        if (uncorrected > 0) {
            return Check.ECC.critical("%d memory errors that could not be corrected, none expected", uncorrected);
        }
        return corrected > 0
                ? Check.ECC.warn("%d corrected memory errors, none expected", corrected)
                : Check.ECC.ok("no memory errors");
    }

    private static CheckResult temperature(JsonNode line) {
        long degrees = Math.round(line.path("milli").asDouble() / 1000);
        if (degrees >= HOT) {
            return Check.TEMPERATURE.critical("%d °C at the hottest sensor, under %d expected", degrees, HOT);
        }
        return degrees >= WARM
                ? Check.TEMPERATURE.warn("%d °C at the hottest sensor, better under %d", degrees, WARM)
                : Check.TEMPERATURE.ok("%d °C at the hottest sensor", degrees);
    }
}
