package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the template that the operator names. */
final class TemplateChoice {
    private final Session session;

    TemplateChoice(Session session) {
        this.session = session;
    }

    /** Its id; exit code 2 if the role has none of that id or name. */
    long id(ClusterFile file, Role role, String named) {
        List<Template> templates = new Reading(session)
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

    private static Trouble unknown(ClusterFile file, Role role, String named, List<Template> templates) {
        String known = templates.isEmpty()
                ? "there is none; make one: " + Hints.bake(role)
                : "there are "
                        + templates.stream()
                                .map(template -> "%d (%s)".formatted(template.image(), template.name()))
                                .collect(Collectors.joining(", "));
        return new Trouble(
                ExitCode.USAGE, "%s / %s has no template \"%s\": %s".formatted(file.name(), role, named, known));
    }
}
