package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;

/** Writes templates as a table. */
public final class TemplateText {
    private TemplateText() {}

    public static List<String> lines(List<Template> templates, Clock clock) {
        if (templates.isEmpty()) {
            return List.of("No templates.  Bake one: %s".formatted(CommandHints.bake(Role.APP)));
        }
        TextTable table = new TextTable().row("IMAGE", "ROLE", "NAME", "MADE", "REGIONS", "APPROVED");
        templates.stream()
                .sorted(Comparator.comparing(Template::created).reversed())
                .forEach(template -> table.row(
                        Long.toString(template.image()),
                        template.role().word(),
                        template.name(),
                        TimeText.day(template.created(), clock.getZone()),
                        String.join(",", template.regions()),
                        template.approval()
                                .map(approval ->
                                        "by %s: %s".formatted(approval.by(), StepText.clean(approval.reason())))
                                .orElse("no; " + CommandHints.approveTemplate(Long.toString(template.image())))));
        return table.lines();
    }
}
