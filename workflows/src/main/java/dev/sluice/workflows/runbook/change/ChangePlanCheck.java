package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.CloudActivities.PlanQuestion;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileSize;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.runbook.lifecycle.RoleTraits;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
import dev.sluice.workflows.runbook.run.TextFormat;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks whether a change can start, and refuses with a sentence. Changes nothing. */
final class ChangePlanCheck {
    private final ChangePlan plan;
    private final ClusterFile file;
    private final Patience patience;

    /** The result of the check: the template to clone, if any, and the cluster's nodes. */
    record CheckedPlan(Optional<Template> template, List<NodeStatus> nodes, String says) {
        CheckedPlan {
            nodes = List.copyOf(nodes);
        }

        CheckedPlan withNotes(String notes) {
            return new CheckedPlan(template, nodes, says + notes);
        }

        List<NodeStatus> ofRole(Role role) {
            return nodes.stream().filter(status -> status.ref().role() == role).toList();
        }

        Set<NodeName> inService(Role role) {
            return ofRole(role).stream()
                    .filter(status -> status.isIn(NodeState.IN_SERVICE))
                    .map(status -> status.ref().name())
                    .collect(Collectors.toSet());
        }

        Optional<NodeStatus> findNode(NodeName name) {
            return nodes.stream()
                    .filter(status -> status.ref().name().equals(name))
                    .findFirst();
        }
    }

    ChangePlanCheck(ChangePlan plan, Patience patience) {
        this.plan = plan;
        this.file = plan.file();
        this.patience = patience;
    }

    /** Checks the truths, the proxies and the cloud in parallel; a difference between the truths is told first. */
    CheckedPlan check() {
        requireRoles();
        ClusterFileSize.problem(file, plan.nodes().size()).ifPresent(sentence -> {
            throw invalid(sentence);
        });
        return InParallel.both(
                new TruthCheck(plan, patience)::requireAgreement,
                () -> InParallel.both(this::checkCloud, this::checkProxies, ChangePlanCheck::withProxies),
                (notes, found) -> found.withNotes(notes));
    }

    private CheckedPlan checkCloud() {
        ActivityStubs.worker(patience.shortCall(), "the cluster file is what its digest says")
                .checkFile(file);
        CheckedPlan found = query();
        requireNoOpenRuns(found);
        switch (plan.kind()) {
            case DEPLOY -> {
                requireNewNames(found);
                requireKnownConfig(found);
            }
            case RETIRE -> {
                requireExistingNames(found);
                requireKnownConfig(found);
                requireMinimumRemains(found);
            }
        }
        requireExcludedProxiesExist(found);
        return found;
    }

    private void requireRoles() {
        for (Role role : RoleTraits.of(plan.role()).requiredRoles()) {
            if (!file.roles().containsKey(role)) {
                throw invalid("%s has no role %s in its cluster file".formatted(file.name(), role));
            }
        }
    }

    private CheckedPlan query() {
        return switch (plan.kind()) {
            case DEPLOY -> checkTemplate();
            case RETIRE ->
                new CheckedPlan(
                        Optional.empty(),
                        ActivityStubs.listNodes(
                                patience.shortCall(), "nodes of %s".formatted(file.name()), file.name()),
                        TextFormat.format(plan.nodes()));
        };
    }

    private CheckedPlan checkTemplate() {
        RoleSpec spec = file.role(plan.role());
        PlanFacts facts = ActivityStubs.cloud(
                        patience.shortCall(),
                        "%d × %s in %s".formatted(plan.nodes().size(), spec.size(), file.region()))
                .checkPlan(PlanQuestion.of(plan));
        String says = "%s in %s, droplet %d of %d, %s"
                .formatted(
                        spec.size(),
                        file.region(),
                        facts.droplets() + plan.nodes().size(),
                        facts.dropletLimit(),
                        facts.template().name());
        return new CheckedPlan(Optional.of(facts.template()), facts.nodes(), says);
    }

    /** A terminated change's nodes may still be rolling back. */
    private void requireNoOpenRuns(CheckedPlan found) {
        List<NodeName> names = Stream.concat(
                        found.ofRole(plan.role()).stream()
                                .map(status -> status.ref().name()),
                        plan.nodes().stream())
                .distinct()
                .toList();
        List<String> open = ActivityStubs.runs(
                        patience.shortCall(), "no other change of %s / %s".formatted(file.name(), plan.role()))
                .openNodes(file.name(), plan.role(), names);
        if (!open.isEmpty()) {
            throw TypedFailures.of(
                    FailureType.CHANGE_RUNNING,
                    "%s / %s still has open runs of an earlier change: %s"
                            .formatted(file.name(), plan.role(), String.join(", ", open)));
        }
    }

    private void requireNewNames(CheckedPlan found) {
        for (NodeName name : plan.nodes()) {
            if (found.findNode(name).isPresent()) {
                throw invalid("%s exists already; names are never used twice".formatted(name));
            }
        }
    }

    private void requireExistingNames(CheckedPlan found) {
        for (NodeName name : plan.nodes()) {
            if (found.ofRole(plan.role()).stream()
                    .noneMatch(status -> status.ref().name().equals(name))) {
                List<NodeName> known = found.ofRole(plan.role()).stream()
                        .map(status -> status.ref().name())
                        .toList();
                throw invalid("%s / %s has no node %s; its nodes are: %s"
                        .formatted(
                                file.name(), plan.role(), name, known.isEmpty() ? "none" : TextFormat.format(known)));
            }
        }
    }

    /** Counts all leaving nodes together: each node's own guard still counts the other leaving nodes as members. */
    private void requireMinimumRemains(CheckedPlan found) {
        Set<NodeName> serving = found.inService(plan.role());
        long leaving = plan.nodes().stream().filter(serving::contains).count();
        int minimum = file.role(plan.role()).minimum();
        if (leaving > 1 && serving.size() - leaving < minimum) {
            throw TypedFailures.of(
                    FailureType.GUARD_REFUSED,
                    "%s / %s has %d in service; without these %d it has %d, and its minimum is %d"
                            .formatted(
                                    file.name(),
                                    plan.role(),
                                    serving.size(),
                                    leaving,
                                    serving.size() - leaving,
                                    minimum));
        }
    }

    private void requireKnownConfig(CheckedPlan found) {
        String asked = file.digest().value().substring(0, 16);
        List<NodeName> others = found.ofRole(plan.role()).stream()
                .filter(status ->
                        status.config().isPresent() && !status.config().get().equals(asked))
                .map(status -> status.ref().name())
                .toList();
        if (!others.isEmpty() && !plan.acceptConfig()) {
            throw TypedFailures.of(
                    FailureType.CONFIG_CHANGED,
                    "the cluster file (%s) differs from that of the last change of %s; add --accept-config if that is intended"
                            .formatted(asked, TextFormat.format(others)));
        }
    }

    private void requireExcludedProxiesExist(CheckedPlan found) {
        for (NodeName name : plan.withoutProxies()) {
            if (found.findNode(name)
                    .filter(status -> status.ref().role().facesClients())
                    .isEmpty()) {
                throw invalid("--without-proxy %s: %s has no such proxy".formatted(name, file.name()));
            }
        }
    }

    /** A proxy that is retired need not answer. */
    private List<NodeName> checkProxies() {
        List<NodeName> without = new ArrayList<>(plan.withoutProxies());
        if (plan.kind() == ChangeKind.RETIRE && plan.role().facesClients()) {
            without.addAll(plan.nodes());
        }
        try {
            return checkProxies(patience.quickCheck(), without);
        } catch (ActivityFailure failure) {
            if (EndReason.of(failure)
                    .type()
                    .filter(FailureType.CLOUD_BUSY::equals)
                    .isEmpty()) {
                throw failure;
            }
            // No proxy was checked yet, and the rate limit ends sooner than an operator would retry.
            return checkProxies(patience.heartbeating(), without);
        }
    }

    private List<NodeName> checkProxies(ActivityLimits limits, List<NodeName> without) {
        return ActivityStubs.proxy(limits, "every proxy answers").checkAll(file.name(), without);
    }

    private static CheckedPlan withProxies(CheckedPlan found, List<NodeName> answer) {
        String proxies = answer.isEmpty() ? "no proxy yet" : TextFormat.format(answer) + " answer";
        return new CheckedPlan(found.template(), found.nodes(), found.says() + "; " + proxies);
    }

    private static ApplicationFailure invalid(String sentence) {
        return TypedFailures.of(FailureType.PLAN_INVALID, sentence);
    }
}
