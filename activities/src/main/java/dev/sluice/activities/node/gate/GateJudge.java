package dev.sluice.activities.node.gate;

import dev.sluice.activities.ssh.RemoteText;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Runs all groups of checks on the facts and returns the verdict. */
final class GateJudge {
    private static final List<CheckGroup> GROUPS = List.of(
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
        List<CheckResult> results =
                GROUPS.stream().flatMap(group -> group.judge(given).stream()).toList();
        return new Verdict(results, facts(given.look()));
    }

    /** The facts that other nodes are compared by; the host key as a digest, to keep the verdict readable. */
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
        facts.replaceAll((name, text) -> RemoteText.line(text));
        return facts;
    }
}
