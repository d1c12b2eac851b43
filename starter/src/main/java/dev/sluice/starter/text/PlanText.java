package dev.sluice.starter.text;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.PlanDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a change would do, read from the world without changing it. */
public final class PlanText {
    private PlanText() {}

    /** A plan on paper: lines to read, and what it would be refused for. */
    public record ChangePreview(List<String> lines, List<String> refusals) {
        public ChangePreview {
            lines = List.copyOf(lines);
            refusals = List.copyOf(refusals);
        }

        public int exitCode() {
            return refusals.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }

    public static ChangePreview preview(ChangePlan plan, ClusterReport world) {
        Optional<Template> template = template(plan, world);
        List<String> refusals = refusals(plan, world, template);
        List<String> lines = new ArrayList<>();
        RoleSpec spec = plan.file().role(plan.role());
        long members = members(plan, world);
        lines.add("%s would be: %s → %d, on %s in %s."
                .formatted(
                        ChangeText.group(plan),
                        ChangeText.count(members, "member"),
                        members + plan.nodes().size(),
                        spec.size(),
                        plan.file().region()));
        lines.add("  nodes         %s (names are drawn anew each time)"
                .formatted(plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "))));
        template.ifPresent(found -> lines.add("  template      %d %s%s"
                .formatted(
                        found.image(),
                        found.name(),
                        found.approval()
                                .map(yes -> ", approved by %s".formatted(yes.by()))
                                .orElse(", not approved"))));
        lines.add("  cluster file  %s%s"
                .formatted(plan.file().digest().value().substring(0, CommandHints.DIGEST), difference(plan, world)));
        lines.add("  proxies       %s"
                .formatted(
                        world.proxies().isEmpty()
                                ? "none"
                                : world.proxies().stream()
                                        .map(truth -> truth.proxy().value())
                                        .collect(Collectors.joining(", "))));
        world.facts()
                .ifPresent(facts -> lines.add("  quota         %d of %d droplets then, %.4f USD an hour more"
                        .formatted(
                                facts.droplets() + plan.nodes().size(),
                                facts.dropletLimit(),
                                facts.usdPerHour() * plan.nodes().size())));
        lines.add("  plan          %s (a run that waits for a yes prints its own: names and time are part of it)"
                .formatted(PlanDigest.of(plan, template).value().substring(0, CommandHints.DIGEST)));
        refusals.forEach(refusal -> lines.add("  ✘ " + refusal));
        world.unknown().forEach(unknown -> lines.add("  ? " + StepText.clean(unknown)));
        lines.add(
                refusals.isEmpty()
                        ? "Nothing was changed.  Do it: %s".formatted(CommandHints.deploy(plan.role()))
                        : "It would be refused.  Nothing was changed.");
        return new ChangePreview(lines, refusals);
    }

    private static Optional<Template> template(ChangePlan plan, ClusterReport world) {
        return world.templates().stream()
                .filter(template -> template.role() == plan.role())
                .filter(template -> plan.template()
                        .map(id -> id == template.image())
                        .orElse(template.approval().isPresent()))
                .max(Comparator.comparing(Template::created));
    }

    private static List<String> refusals(ChangePlan plan, ClusterReport world, Optional<Template> template) {
        List<String> refusals = new ArrayList<>();
        if (template.isEmpty()) {
            refusals.add("there is no approved template of this role: %s, then %s"
                    .formatted(CommandHints.bake(plan.role()), CommandHints.templates()));
        }
        template.filter(found -> found.approval().isEmpty())
                .ifPresent(found -> refusals.add("template %d is not approved: %s"
                        .formatted(found.image(), CommandHints.approveTemplate(Long.toString(found.image())))));
        template.filter(found -> !found.regions().contains(plan.file().region()))
                .ifPresent(found -> refusals.add("template %s is not in region %s but in %s"
                        .formatted(found.name(), plan.file().region(), String.join(", ", found.regions()))));
        if (refusals.isEmpty()) {
            refusals.addAll(world.refusals());
        }
        for (ProxyMembers proxy : world.proxies()) {
            proxy.unreachable()
                    .filter(why -> !plan.withoutProxies().contains(proxy.proxy()))
                    .ifPresent(why -> refusals.add("%s cannot be reached: %s; mend it, or --without-proxy %s --reason"
                            .formatted(proxy.proxy(), StepText.clean(why), proxy.proxy())));
        }
        return refusals;
    }

    private static long members(ChangePlan plan, ClusterReport world) {
        return world.nodes().stream()
                .filter(node -> node.ref().role() == plan.role())
                .filter(node -> node.state()
                        .filter(state -> state == NodeState.IN_SERVICE)
                        .isPresent())
                .count();
    }

    private static String difference(ChangePlan plan, ClusterReport world) {
        List<String> others = world.nodes().stream()
                .filter(node -> node.ref().role() == plan.role())
                .map(NodeStatus::config)
                .flatMap(Optional::stream)
                .filter(config -> !plan.file().digest().value().startsWith(config))
                .distinct()
                .toList();
        return others.isEmpty()
                ? ""
                : ", differs from the last change's (%s)%s"
                        .formatted(
                                String.join(", ", others),
                                plan.acceptConfig() ? ", accepted" : "; accept it with --accept-config");
    }
}
