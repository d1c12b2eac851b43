package dev.sluice.workflows.runbook.watch;

import dev.sluice.workflows.activity.MembershipActivities.EjectOrder;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckSettings;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Takes ill members out of traffic: at most one in a check, the one that has been ill longest, and none while many are ill. A
 * member that some proxies have ejected is ejected on the others, too. The proxies' guard has the last word.
 */
final class Ejections {
    private static final String BY = "check";

    private final ClusterFile file;
    private final CheckSettings settings;
    private final Patience patience;
    private final ClusterView view;
    private final IllMembers ill;
    private final List<String> done = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Ejections(ClusterFile file, CheckSettings settings, Patience patience, ClusterView view, IllMembers ill) {
        this.file = file;
        this.settings = settings;
        this.patience = patience;
        this.view = view;
        this.ill = ill;
    }

    List<String> done() {
        return List.copyOf(done);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    void eject(List<CheckFinding> found) {
        carryOn();
        List<CheckFinding> candidates = found.stream()
                .filter(one -> one.check().equals(ClusterJudge.ILL) && one.strikes() >= settings.strikes())
                .filter(one -> view.isJoinedSomewhere(new NodeName(one.subject())))
                .filter(one -> !view.isEjectedSomewhere(new NodeName(one.subject())))
                .sorted(Comparator.comparing(CheckFinding::since).thenComparing(CheckFinding::subject))
                .toList();
        if (candidates.isEmpty()) {
            return;
        }
        if (!settings.eject()) {
            notes.add("%s is not ejected: the cluster file says check: {eject: false}"
                    .formatted(candidates.get(0).subject()));
        } else if (ill.areMany()) {
            notes.add("nobody is ejected: %s, so the cause is likely not theirs".formatted(ill.describe()));
        } else {
            CheckFinding first = candidates.get(0);
            node(new NodeName(first.subject())).ifPresent(node -> eject(node, first.says()));
        }
    }

    /** An ejection that is filed on some proxies holds on all; a manual change in balancer-manager is only told. */
    private void carryOn() {
        view.nodes().stream()
                .filter(status -> status.ref().role().isMember())
                .filter(status -> view.isFiledAsEjectedSomewhere(status.ref().name()))
                .filter(status -> view.isJoinedSomewhere(status.ref().name()))
                .flatMap(status -> status.node().stream())
                .forEach(node -> eject(node, "as on another proxy: " + view.ejectionOf(node.name())));
    }

    private Optional<Node> node(NodeName name) {
        return view.nodes().stream()
                .filter(status -> status.ref().name().equals(name))
                .map(NodeStatus::node)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private void eject(Node node, String why) {
        try {
            NodeContext context = NodeContext.withoutUndo(file, patience);
            MembershipReport report = ActivityStubs.membership(
                            patience.quickCheck(), "eject %s: %s".formatted(node.name(), why))
                    .eject(new EjectOrder(
                            file.name(),
                            context.member(node),
                            file.role(node.role()).minimum(),
                            BY,
                            why));
            done.add("%s is %s: %s".formatted(node.name(), report.says(), why));
            notes.addAll(report.missing());
        } catch (TemporalFailure failure) {
            EndReason reason = EndReason.of(failure);
            if (reason.isCancelled()) {
                throw failure;
            }
            notes.add("%s is not ejected: %s".formatted(node.name(), reason.sentence()));
        }
    }
}
