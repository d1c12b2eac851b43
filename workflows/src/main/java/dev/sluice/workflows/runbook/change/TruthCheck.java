package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.activity.TruthActivities.TruthOrder;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares the truths before a change, and refuses a change that a difference would make unsafe. */
final class TruthCheck {
    private final ChangePlan plan;
    private final Patience patience;

    TruthCheck(ChangePlan plan, Patience patience) {
        this.plan = plan;
        this.patience = patience;
    }

    /** Returns what the operator must know although the change goes on: empty, or the end of a sentence. */
    String requireAgreement() {
        TruthReport report = ActivityStubs.truth(patience.shortCall(), "whether the truths agree")
                .compare(TruthOrder.of(plan.file(), leaving()));
        requireOtherMachines(report);
        List<TruthDifference> stopping = report.stopping(plan);
        if (!stopping.isEmpty()) {
            throw TypedFailures.of(FailureType.TRUTHS_DIFFER, describe(stopping));
        }
        return notes(report);
    }

    private List<NodeName> leaving() {
        return plan.kind() == ChangeKind.RETIRE ? plan.nodes() : List.of();
    }

    /** Refuses if a machine that would be destroyed is published twice, and too few other machines are published. */
    private void requireOtherMachines(TruthReport report) {
        List<TruthDifference> twice = report.stopping(plan).stream()
                .filter(difference -> difference.kind() == DifferenceKind.SAME_MACHINE)
                .toList();
        Set<NodeName> others = new TreeSet<>(report.publishedNodes());
        others.removeAll(plan.nodes());
        int minimum = plan.file().role(plan.role()).minimum();
        if (!twice.isEmpty() && others.size() < minimum) {
            throw TypedFailures.of(
                    FailureType.GUARD_REFUSED,
                    "without %s, %d published proxies would serve clients, expected at least %d; %s"
                            .formatted(
                                    plan.nodes().stream().map(NodeName::value).collect(Collectors.joining(", ")),
                                    others.size(),
                                    minimum,
                                    twice.stream().map(TruthDifference::says).collect(Collectors.joining("; "))));
        }
    }

    private static String describe(List<TruthDifference> differences) {
        return differences.stream().map(TruthDifference::describe).collect(Collectors.joining("; "));
    }

    private static String notes(TruthReport report) {
        List<String> notes = new ArrayList<>();
        if (!report.others().isEmpty()) {
            notes.add("of another hand by dns.others, counted by no guard: " + String.join(", ", report.others()));
        }
        report.findings().forEach(difference -> notes.add(difference.describe()));
        return notes.stream().map(note -> "; " + note).collect(Collectors.joining());
    }
}
