package dev.sluice.activities.node;

import dev.sluice.workflows.model.CheckResult;
import dev.sluice.workflows.model.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All families together: from facts to a verdict. */
final class Judge {
    private static final List<Family> FAMILIES = List.of(
            new Identity(),
            new Serving(),
            new Packages(),
            new Configuration(),
            new Certificates(),
            new Resources(),
            new Health(),
            new HardwareConformance());

    private Judge() {}

    static Verdict verdict(Case given) {
        List<CheckResult> results = FAMILIES.stream()
                .flatMap(family -> family.judge(given).stream())
                .toList();
        return new Verdict(results, facts(given.look()));
    }

    /** What others are compared by; the machine's key as a digest, since a verdict is for people to read. */
    private static Map<String, String> facts(Look look) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("packages", look.text("packages", "digest"));
        facts.put("cpu-ms", Facts.milliseconds(look, "cpu"));
        facts.put("fsync-ms", Facts.milliseconds(look, "fsync"));
        facts.put("model", look.text("cpu", "model"));
        facts.put("cores", look.text("cpu", "cores"));
        facts.put("machine-id", look.text("host", "machine"));
        facts.put(
                "host-key",
                Facts.keys(look).stream().findFirst().map(Sha256::of).orElse(""));
        facts.put("boot-id", look.text("host", "boot"));
        facts.values().removeIf(String::isEmpty);
        return facts;
    }
}
