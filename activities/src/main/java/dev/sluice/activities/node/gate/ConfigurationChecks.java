package dev.sluice.activities.node.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.activities.template.RenderedFile;
import dev.sluice.workflows.model.check.CheckResult;
import java.util.ArrayList;
import java.util.List;

/** Checks that each file equals its rendered template with owner and mode, and reports the release. */
final class ConfigurationChecks implements CheckGroup {
    @Override
    public List<CheckResult> judge(InspectionInput given) {
        List<String> wrong = new ArrayList<>();
        given.files().forEach(file -> difference(given.look(), file, wrong));
        List<CheckResult> results = new ArrayList<>();
        results.add(
                wrong.isEmpty()
                        ? GateCheck.CONFIGURATION.ok(
                                "%d files as rendered", given.files().size())
                        : GateCheck.CONFIGURATION.critical("%s", String.join("; ", wrong)));
        results.add(given.look()
                .judge(
                        GateCheck.RELEASE,
                        "release",
                        line -> GateCheck.RELEASE.ok(
                                "%s", line.path("text").asText().strip())));
        return results;
    }

    private static void difference(InspectionOutput look, RenderedFile file, List<String> wrong) {
        String path = file.file().path();
        JsonNode line = look.all("file").stream()
                .filter(one -> one.path("path").asText().equals(path))
                .findFirst()
                .orElse(null);
        if (line == null || line.path("digest").asText().isEmpty()) {
            wrong.add(path + " is missing");
            return;
        }
        if (!line.path("digest").asText().equals(file.digest())) {
            wrong.add(path + " differs from its rendered template");
        }
        String rights = file.mode() + " " + file.file().owner();
        if (!line.path("rights").asText().equals(rights)) {
            wrong.add(
                    "%s is %s, expected %s".formatted(path, line.path("rights").asText(), rights));
        }
    }
}
