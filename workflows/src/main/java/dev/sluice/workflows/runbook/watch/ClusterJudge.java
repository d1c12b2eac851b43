package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.ProxyActivities.ProxyFindings;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.activity.WatchActivities.NodeLook;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckResult;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Judges what a check has seen. A pure function of it. */
final class ClusterJudge {
    /** The name of the finding that ejects. */
    static final String ILL = "ill";

    private final ClusterFile file;
    private final ClusterView view;
    private final Instant now;
    private final List<CheckFinding> found = new ArrayList<>();

    private ClusterJudge(ClusterFile file, ClusterView view, Instant now) {
        this.file = file;
        this.view = view;
        this.now = now;
    }

    static List<CheckFinding> judge(ClusterFile file, ClusterView view, IllMembers ill, Instant now) {
        ClusterJudge judge = new ClusterJudge(file, view, now);
        ill.byName().forEach((name, why) -> judge.add(name.value(), ILL, CheckStatus.CRITICAL, why));
        judge.nodes(ill.byName().keySet());
        judge.service();
        judge.members(ill.byName().keySet());
        judge.minimum();
        return List.copyOf(judge.found);
    }

    private void add(String subject, String check, CheckStatus status, String says) {
        found.add(new CheckFinding(subject, check, status, says, now, 1));
    }

    private void nodes(Set<NodeName> ill) {
        view.nodes().stream()
                .filter(node -> node.isIn(NodeState.IN_SERVICE) && !node.powered())
                .forEach(node ->
                        add(node.ref().name().value(), "power", CheckStatus.CRITICAL, "is in service and powered off"));
        List<NodeLook> silent =
                view.looks().stream().filter(look -> look.silent().isPresent()).toList();
        if (silent.size() > 1 && silent.size() == view.looks().size()) {
            add(
                    "worker",
                    "ssh",
                    CheckStatus.UNKNOWN,
                    "this worker reaches none of the %d nodes, which says nothing against them; the first: %s"
                            .formatted(silent.size(), silent.get(0).silent().orElse("")));
        } else {
            silent.forEach(look -> add(
                    look.node().value(),
                    "ssh",
                    CheckStatus.UNKNOWN,
                    "does not answer the worker: %s".formatted(look.silent().orElse(""))));
        }
        view.looks()
                .forEach(look -> look.results().stream()
                        .filter(result -> !isSaidAsIll(ill, look.node(), result))
                        .forEach(result -> add(look.node().value(), result.check(), result.status(), result.says())));
    }

    /** What made the member ill stands in that finding. */
    private static boolean isSaidAsIll(Set<NodeName> ill, NodeName node, CheckResult result) {
        return ill.contains(node)
                && result.status() == CheckStatus.CRITICAL
                && IllMembers.tellsWhetherItServes(result.check());
    }

    private void service() {
        view.service().ifPresent(service -> {
            service.unknown().forEach(words -> add("worker", "service", CheckStatus.UNKNOWN, words));
            service.proxies().forEach(this::proxy);
            service.visits().stream().filter(answer -> !answer.serves()).forEach(this::visit);
        });
    }

    private void visit(AddressAnswer answer) {
        add(
                answer.address().value(),
                "published",
                CheckStatus.CRITICAL,
                "%s sends clients there, and it %s".formatted(file.serviceName(), answer.says()));
    }

    private void proxy(ProxyFindings proxy) {
        String name = proxy.proxy().value();
        proxy.unreachable()
                .ifPresent(why -> add(name, "proxy", CheckStatus.UNKNOWN, "does not answer the worker: " + why));
        proxy.broken()
                .ifPresent(
                        words -> add(name, "configuration", CheckStatus.CRITICAL, "would not start again: " + words));
        proxy.missing().forEach(module -> add(name, "modules", CheckStatus.CRITICAL, "lacks the module " + module));
        proxy.unsuited().forEach(words -> add(name, "configuration", CheckStatus.CRITICAL, words));
        proxy.exposed()
                .forEach(words ->
                        add(name, "balancer-manager", CheckStatus.CRITICAL, "answers others at %s".formatted(words)));
        proxy.differences().forEach(words -> add(name, "members", CheckStatus.CRITICAL, words));
        proxy.otherHands().forEach(words -> add(name, "members", CheckStatus.WARN, words));
    }

    private void members(Set<NodeName> ill) {
        for (NodeStatus node : view.nodes()) {
            NodeName name = node.ref().name();
            if (!node.ref().role().isMember() || !node.isIn(NodeState.IN_SERVICE)) {
                continue;
            }
            for (ProxyMembers proxy : view.proxies()) {
                proxy.members().stream()
                        .filter(member -> member.name().equals(name))
                        .findFirst()
                        .ifPresentOrElse(
                                member -> member(name, proxy.proxy(), member),
                                () -> add(
                                        name.value(),
                                        "members",
                                        CheckStatus.CRITICAL,
                                        "is in service and no member of %s".formatted(proxy.proxy())));
            }
            if (!ill.contains(name)) {
                view.pinnedTo(name).stream()
                        .filter(answer -> !answer.answersWell())
                        .forEach(answer -> add(name.value(), "pinned", CheckStatus.CRITICAL, answer.describe()));
            }
        }
    }

    private void member(NodeName name, NodeName proxy, MemberStatus member) {
        if (member.state() == MemberState.EJECTED || member.state() == MemberState.EJECTED_BY_ANOTHER_HAND) {
            add(
                    name.value(),
                    "ejected",
                    CheckStatus.CRITICAL,
                    "is ejected on %s: %s".formatted(proxy, member.note().orElse("by a manual change")));
        }
    }

    private void minimum() {
        file.roles().forEach((role, spec) -> {
            long serving = view.nodes().stream()
                    .filter(node -> node.ref().role() == role && node.isIn(NodeState.IN_SERVICE))
                    .count();
            if (!view.nodes().isEmpty() && serving < spec.minimum()) {
                add(
                        "%s/%s".formatted(file.name(), role),
                        "minimum",
                        CheckStatus.CRITICAL,
                        "%d nodes in service, at least %d expected".formatted(serving, spec.minimum()));
            }
        });
    }
}
