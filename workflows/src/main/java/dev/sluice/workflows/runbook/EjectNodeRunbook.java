package dev.sluice.workflows.runbook;

import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.MembershipActivities;
import dev.sluice.workflows.activity.MembershipActivities.EjectOrder;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import io.temporal.failure.TemporalFailure;
import java.util.List;

/** See docs/runbooks/eject-node.md. */
final class EjectNodeRunbook implements EjectNode {
    private final Patience patience;

    EjectNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public String run(EjectPlan plan) {
        NodeRun run = new NodeRun(plan.file(), List.of(), patience, new Progress(), new Undo(new Progress()));
        Node node = find(plan);
        try {
            return plan.readmit() ? readmit(run, node) : eject(run, node, plan);
        } catch (TemporalFailure failure) {
            Reason reason = Reason.of(failure);
            throw Endings.of(reason, reason.type(), "Refused: %s.".formatted(reason.sentence()), "", failure);
        }
    }

    private Node find(EjectPlan plan) {
        return Reach.cloud(patience.brief(), "find %s".formatted(plan.node()))
                .listNodes(plan.file().name(), false)
                .stream()
                .filter(status ->
                        status.ref().name().equals(plan.node()) && status.ref().role() == Role.APP)
                .map(NodeStatus::node)
                .flatMap(java.util.Optional::stream)
                .findFirst()
                .orElseThrow(() -> Failures.of(
                        FailureType.PLAN_INVALID,
                        "%s has no app server %s.".formatted(plan.file().name(), plan.node())));
    }

    private String eject(NodeRun run, Node node, EjectPlan plan) {
        return membership("eject %s: %s".formatted(node.name(), plan.reason()))
                .eject(new EjectOrder(
                        run.file().name(),
                        run.member(node),
                        run.file().role(Role.APP).minimum(),
                        plan.by(),
                        plan.reason()))
                .says();
    }

    private String readmit(NodeRun run, Node node) {
        return membership("readmit %s".formatted(node.name()))
                .readmit(run.memberOrder(node))
                .says();
    }

    private MembershipActivities membership(String summary) {
        return Reach.membership(patience.steady(), summary);
    }
}
