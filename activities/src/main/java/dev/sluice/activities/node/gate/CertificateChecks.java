package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Checks that each certificate matches its key and has enough days left. */
final class CertificateChecks implements CheckGroup {
    @Override
    public List<CheckResult> judge(InspectionInput given) {
        if (given.checks().certificates().isEmpty()) {
            return List.of(GateCheck.CERTIFICATE.notApplicable("this role has no certificates"));
        }
        return given.checks().certificates().stream()
                .map(path -> certificate(given, path))
                .toList();
    }

    private static CheckResult certificate(InspectionInput given, String path) {
        return given.look().all("certificate").stream()
                .filter(line -> line.path("path").asText().equals(path))
                .findFirst()
                .map(line -> judge(given, line, path))
                .orElseGet(() -> GateCheck.CERTIFICATE.critical("%s cannot be read as a certificate", path));
    }

    private static CheckResult judge(InspectionInput given, JsonNode line, String path) {
        if (!line.path("match").asBoolean()) {
            return GateCheck.CERTIFICATE.critical("%s does not match its key (same name, .key)", path);
        }
        Instant end = Instant.ofEpochSecond(line.path("end").asLong());
        long days = Duration.between(given.look().answered(), end).toDays();
        String print = line.path("print").asText();
        String says = "%s lasts %d more days (until %s), SHA-256 %s"
                .formatted(path, days, end, print.substring(0, Math.min(16, print.length())));
        if (days < given.limits().certificateCritical()) {
            return GateCheck.CERTIFICATE.critical(
                    "%s, at least %d expected", says, given.limits().certificateCritical());
        }
        return days < given.limits().certificateWarn()
                ? GateCheck.CERTIFICATE.warn("%s", says)
                : GateCheck.CERTIFICATE.ok("%s", says);
    }
}
