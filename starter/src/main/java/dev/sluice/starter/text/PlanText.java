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

/** Writes what a change would do to the cluster's current state. */
public final class PlanText {
    private PlanText() {}

    /** The preview of a change: its lines, and the reasons that would refuse it. */
    public record ChangePreview(List<String> lines, List<String> refusals) {
        public ChangePreview {
            lines = List.copyOf(lines);
            refusals = List.copyOf(refusals);
        }

        public int exitCode() {
            return refusals.isEmpty() ? ExitCode.DONE : ExitCode.REFUSED;
        }
    }

    public static ChangePreview preview(ChangePlan plan, ClusterReport cluster) {
        Optional<Template> template = template(plan, cluster);
        List<String> refusals = refusals(plan, cluster, template);
        List<String> lines = new ArrayList<>();
        RoleSpec spec = plan.file().role(plan.role());
        long members = members(plan, cluster);
        lines.add("%s would be: %s → %d, on %s in %s."
                .formatted(
                        ChangeText.group(plan),
                        SentenceFormat.count(members, "member"),
                        members + plan.nodes().size(),
                        spec.size(),
                        plan.file().region()));
        lines.add("  nodes         %s (examples: each run draws new names)"
                .formatted(plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", "))));
        template.ifPresent(found -> lines.add("  template      %d %s%s"
                .formatted(
                        found.image(),
                        found.name(),
                        found.approval()
                                .map(approval -> ", approved by %s".formatted(approval.by()))
                                .orElse(", not approved"))));
        lines.add("  cluster file  %s%s"
                .formatted(plan.file().digest().value().substring(0, CommandHints.DIGEST), difference(plan, cluster)));
        lines.add("  proxies       %s"
                .formatted(
                        cluster.proxies().isEmpty()
                                ? "none"
                                : cluster.proxies().stream()
                                        .map(proxy -> proxy.proxy().value())
                                        .collect(Collectors.joining(", "))));
        if (!plan.file().others().isEmpty()) {
            lines.add("  dns.others    %s: of another hand, counted by no guard"
                    .formatted(String.join(", ", plan.file().others())));
        }
        cluster.facts()
                .ifPresent(facts -> lines.add("  quota         %d of %d droplets afterwards, %.4f USD an hour more"
                        .formatted(
                                facts.droplets() + plan.nodes().size(),
                                facts.dropletLimit(),
                                facts.usdPerHour() * plan.nodes().size())));
        lines.add("  plan          %s (an example: names and time are part of it)"
                .formatted(PlanDigest.of(plan, template).value().substring(0, CommandHints.DIGEST)));
        refusals.forEach(refusal -> lines.add("  ✘ " + refusal));
        cluster.unknown().forEach(unknown -> lines.add("  ? " + StepText.clean(unknown)));
        lines.add(
                refusals.isEmpty()
                        ? "Nothing was changed.  Deploy: %s".formatted(CommandHints.deploy(plan.role()))
                        : "The change would be refused.  Nothing was changed.");
        return new ChangePreview(lines, refusals);
    }

    private static Optional<Template> template(ChangePlan plan, ClusterReport cluster) {
        return cluster.templates().stream()
                .filter(template -> template.role() == plan.role())
                .filter(template -> plan.template()
                        .map(id -> id == template.image())
                        .orElse(template.approval().isPresent()))
                .max(Comparator.comparing(Template::created));
    }

    private static List<String> refusals(ChangePlan plan, ClusterReport cluster, Optional<Template> template) {
        List<String> refusals = new ArrayList<>();
        if (template.isEmpty()) {
            refusals.add("this role has no approved template: %s, then %s"
                    .formatted(CommandHints.bake(plan.role()), CommandHints.templates()));
        }
        template.filter(found -> found.approval().isEmpty())
                .ifPresent(found -> refusals.add("template %d is not approved: %s"
                        .formatted(found.image(), CommandHints.approveTemplate(Long.toString(found.image())))));
        template.filter(found -> !found.regions().contains(plan.file().region()))
                .ifPresent(found -> refusals.add("template %s is not in region %s but in %s"
                        .formatted(found.name(), plan.file().region(), String.join(", ", found.regions()))));
        if (refusals.isEmpty()) {
            refusals.addAll(cluster.refusals());
        }
        for (ProxyMembers proxy : cluster.proxies()) {
            proxy.unreachable()
                    .filter(why -> !plan.withoutProxies().contains(proxy.proxy()))
                    .ifPresent(
                            why -> refusals.add("%s is unreachable: %s; repair it, or add --without-proxy %s --reason"
                                    .formatted(proxy.proxy(), StepText.clean(why), proxy.proxy())));
        }
        return refusals;
    }

    private static long members(ChangePlan plan, ClusterReport cluster) {
        return cluster.nodes().stream()
                .filter(node -> node.ref().role() == plan.role())
                .filter(node -> node.state()
                        .filter(state -> state == NodeState.IN_SERVICE)
                        .isPresent())
                .count();
    }

    private static String difference(ChangePlan plan, ClusterReport cluster) {
        List<String> others = cluster.nodes().stream()
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
