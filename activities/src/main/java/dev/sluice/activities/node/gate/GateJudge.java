package dev.sluice.activities.node.gate;

import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All families together: from facts to a verdict. */
final class GateJudge {
    private static final List<CheckGroup> FAMILIES = List.of(
            new IdentityChecks(),
            new ServingChecks(),
            new PackageChecks(),
            new ConfigurationChecks(),
            new CertificateChecks(),
            new ResourceChecks(),
            new HardwareHealthChecks(),
            new HardwareConformanceChecks());

    private GateJudge() {}

    static Verdict judge(InspectionInput given) {
        List<CheckResult> results = FAMILIES.stream()
                .flatMap(family -> family.judge(given).stream())
                .toList();
        return new Verdict(results, facts(given.look()));
    }

    /** What others are compared by; the machine's key as a digest, since a verdict is for people to read. */
    private static Map<String, String> facts(InspectionOutput look) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("packages", look.text("packages", "digest"));
        facts.put("cpu-ms", NodeFigures.milliseconds(look, "cpu"));
        facts.put("fsync-ms", NodeFigures.milliseconds(look, "fsync"));
        facts.put("model", look.text("cpu", "model"));
        facts.put("cores", look.text("cpu", "cores"));
        facts.put("machine-id", look.text("host", "machine"));
        facts.put(
                "host-key",
                NodeFigures.keys(look).stream()
                        .findFirst()
                        .map(key -> Sha256Digest.of(key).value())
                        .orElse(""));
        facts.put("boot-id", look.text("host", "boot"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }
}
