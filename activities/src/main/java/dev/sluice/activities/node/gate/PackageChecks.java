package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.node.NodeName;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Compares the installed packages with the approved template and with members of the same template. */
final class PackageChecks implements CheckGroup {
    private static final int NAMED = 5;

    @Override
    public List<CheckResult> judge(InspectionInput given) {
        return List.of(
                given.look().judge(GateCheck.PACKAGES, "packages", line -> own(given, line)),
                given.look().judge(GateCheck.PACKAGES_OF_MEMBERS, "packages", line -> members(given, line)));
    }

    private static CheckResult own(InspectionInput given, JsonNode line) {
        String approved = given.order().template().manifest().value();
        String manifest = line.path("manifest").asText();
        if (!manifest.equals(approved)) {
            return GateCheck.PACKAGES.critical(
                    "/var/lib/sluice/manifest is %s, the approved template's is %s",
                    shortDigest(manifest), shortDigest(approved));
        }
        String digest = line.path("digest").asText();
        if (!digest.equals(approved)) {
            return GateCheck.PACKAGES.critical(
                    "differs from the template: %s",
                    differences(given.look(), given.checks().packages()));
        }
        return GateCheck.PACKAGES.ok(
                "equal to template %s", given.order().template().name());
    }

    /** Describes the differences; packages that the cluster file names come first. */
    private static String differences(InspectionOutput look, List<String> first) {
        List<JsonNode> found = look.all("package").stream()
                .sorted(Comparator.comparing(
                        line -> !first.contains(line.path("name").asText())))
                .toList();
        String named = found.stream()
                .limit(NAMED)
                .map(line -> "%s is %s, expected %s"
                        .formatted(
                                line.path("name").asText(), version(line.path("node")), version(line.path("template"))))
                .collect(Collectors.joining("; "));
        return found.size() > NAMED ? named + "; and " + (found.size() - NAMED) + " more" : named;
    }

    private static String version(JsonNode version) {
        return version.asText().equals("-") ? "not installed" : version.asText();
    }

    /** Finds drift: a member with the same manifest and other packages. Members of another template may differ. */
    private static CheckResult members(InspectionInput given, JsonNode line) {
        String manifest = line.path("manifest").asText();
        Map<NodeName, InspectionOutput> same = given.siblings().entrySet().stream()
                .filter(other -> other.getValue().text("packages", "manifest").equals(manifest))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        if (same.isEmpty()) {
            return GateCheck.PACKAGES_OF_MEMBERS.notApplicable("no other member of this template");
        }
        String drifted = same.entrySet().stream()
                .filter(other -> !other.getValue()
                        .text("packages", "digest")
                        .equals(line.path("digest").asText()))
                .map(other -> other.getKey().value())
                .sorted()
                .collect(Collectors.joining(", "));
        return drifted.isEmpty()
                ? GateCheck.PACKAGES_OF_MEMBERS.ok("equal to %d other members of this template", same.size())
                : GateCheck.PACKAGES_OF_MEMBERS.warn("not equal to %s: one of them drifted", drifted);
    }

    private static String shortDigest(String digest) {
        return digest.isEmpty() ? "missing" : digest.substring(0, 12);
    }
}
