package dev.sluice.workflows.runbook.expiry;

import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.check.ExpiryFinding;
import dev.sluice.workflows.model.check.ExpiryFinding.ExpiryKind;
import dev.sluice.workflows.model.check.ExpirySettings.DayLimits;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Judges the age of the template that each role's next node would be cloned from. */
final class TemplateAges {
    private TemplateAges() {}

    /** Returns a finding for each role that has an approved template. */
    static List<ExpiryFinding> judgeNewest(List<Template> templates, DayLimits limits, Instant now) {
        return Arrays.stream(Role.values())
                .flatMap(role -> newest(templates, role).stream())
                .map(template -> judge(template, limits, now))
                .toList();
    }

    private static Optional<Template> newest(List<Template> templates, Role role) {
        return templates.stream()
                .filter(template ->
                        template.role() == role && template.approval().isPresent())
                .max(Comparator.comparing(Template::created));
    }

    private static ExpiryFinding judge(Template template, DayLimits limits, Instant now) {
        long age = Duration.between(template.created(), now).toDays();
        CheckStatus status = age > limits.critical()
                ? CheckStatus.CRITICAL
                : age > limits.warn() ? CheckStatus.WARN : CheckStatus.OK;
        String says = status == CheckStatus.OK
                ? "%d days old".formatted(age)
                : "is %d days old, expected at most %d: its packages lack later fixes; bake and approve a new one"
                        .formatted(age, status == CheckStatus.WARN ? limits.warn() : limits.critical());
        return new ExpiryFinding(
                ExpiryKind.TEMPLATE, template.name(), template.role().word(), status, Optional.empty(), says);
    }
}
