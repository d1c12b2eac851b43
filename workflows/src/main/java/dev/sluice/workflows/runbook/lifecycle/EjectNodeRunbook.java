package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.MembershipActivities.EjectOrder;
import dev.sluice.workflows.activity.MembershipActivities.MembershipReport;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.RunFailures;
import io.temporal.failure.TemporalFailure;

/** See docs/runbooks/eject-node.md. */
public final class EjectNodeRunbook implements EjectNode {
    private final Patience patience;

    public EjectNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public EjectReport run(EjectPlan plan) {
        NodeContext run = NodeContext.withoutUndo(plan.file(), patience);
        Node node = find(plan);
        try {
            return plan.readmit() ? readmit(run, node) : eject(run, node, plan);
        } catch (TemporalFailure failure) {
            EndReason reason = EndReason.of(failure);
            throw RunFailures.of(reason, reason.type(), "Refused: %s.".formatted(reason.sentence()), "", failure);
        }
    }

    private Node find(EjectPlan plan) {
        return ActivityStubs.listNodes(
                        patience.shortCall(),
                        "find %s".formatted(plan.node()),
                        plan.file().name())
                .stream()
                .filter(status -> status.ref().name().equals(plan.node())
                        && status.ref().role().isMember())
                .map(NodeStatus::node)
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .orElseThrow(() -> TypedFailures.of(
                        FailureType.PLAN_INVALID,
                        "%s has no app server %s.".formatted(plan.file().name(), plan.node())));
    }

    private EjectReport eject(NodeContext run, Node node, EjectPlan plan) {
        return reportOf(membership("eject %s: %s".formatted(node.name(), plan.reason()))
                .eject(new EjectOrder(
                        run.file().name(),
                        run.member(node),
                        run.file().role(node.role()).minimum(),
                        plan.by(),
                        plan.reason())));
    }

    private EjectReport readmit(NodeContext run, Node node) {
        return reportOf(membership("readmit %s".formatted(node.name())).readmit(run.memberOrder(node)));
    }

    private static EjectReport reportOf(MembershipReport report) {
        return new EjectReport(report.says(), report.missing());
    }

    private MembershipActivities membership(String summary) {
        return ActivityStubs.membership(patience.heartbeating(), summary);
    }
}
