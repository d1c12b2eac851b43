package dev.sluice.starter.command.cluster;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.session.ShortRuns;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the template that the operator names. */
final class TemplateLookup {
    private final CliSession session;

    TemplateLookup(CliSession session) {
        this.session = session;
    }

    /** Returns the template's ID; throws exit code 2 if the role has no template of that ID or name. */
    long resolve(ClusterFile file, Role role, String named) {
        List<Template> templates = new ShortRuns(session)
                .templates(file.name(), Optional.empty(), Optional.empty()).stream()
                        .filter(template -> template.role() == role)
                        .toList();
        return templates.stream()
                .filter(template -> template.name().equals(named)
                        || Long.toString(template.image()).equals(named))
                .findFirst()
                .map(Template::image)
                .orElseThrow(() -> unknown(file, role, named, templates));
    }

    private static CliException unknown(ClusterFile file, Role role, String named, List<Template> templates) {
        String known = templates.isEmpty()
                ? "the role has none; bake one: " + CommandHints.bake(role)
                : "the role has "
                        + templates.stream()
                                .map(template -> "%d (%s)".formatted(template.image(), template.name()))
                                .collect(Collectors.joining(", "));
        return new CliException(
                ExitCode.USAGE, "%s / %s has no template \"%s\": %s".formatted(file.name(), role, named, known));
    }
}
