package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.MembershipActivities.LeaveOrder;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** Takes an app server out of traffic: drained on and removed from every proxy. */
final class AppRemoval implements TrafficRemoval {
    private final NodeContext run;
    private final boolean takeBack;

    AppRemoval(NodeContext run, boolean takeBack) {
        this.run = run;
        this.takeBack = takeBack;
    }

    @Override
    public void leave(NodeStatus status) {
        if (status.node().isEmpty()) {
            run.progress().skip(Step.LEAVE_CLUSTER, "it never had an address");
            return;
        }
        LeaveOrder order = order(status, status.node().get());
        run.progress()
                .begin(
                        Step.LEAVE_CLUSTER,
                        "drained on every proxy, for %d s at most"
                                .formatted(order.drain().toSeconds()));
        Workflow.newDetachedCancellationScope(() -> leave(order)).run();
    }

    /** Completes the leave also in a cancelled run, since half a leave cannot be rolled back. */
    private void leave(LeaveOrder order) {
        try {
            run.progress()
                    .complete(ActivityStubs.membership(
                                    run.patience().longRunning(),
                                    "%s out of every proxy"
                                            .formatted(order.member().name()))
                            .leave(order)
                            .says());
        } catch (TemporalFailure failure) {
            if (!refused(failure)) {
                run.undo().clear();
                run.undo()
                        .addLeftBehind("%s, which may be out of some proxies already; retire it again"
                                .formatted(order.member().name()));
            }
            throw failure;
        }
    }

    @Override
    public void removeOrphan(NodeStatus status, Node node) {
        boolean served = status.isIn(NodeState.LEAVING);
        ActivityStubs.membership(run.patience().rollback(), "%s out of every proxy".formatted(node.name()))
                .leave(new LeaveOrder(
                        run.file().name(),
                        run.member(node),
                        run.withoutProxies(),
                        served ? run.file().role(node.role()).minimum() : 0,
                        !served,
                        run.takeBackDrain(node.role())));
    }

    /** Whether the guard refused, which it does before the first write. */
    private static boolean refused(TemporalFailure failure) {
        return EndReason.of(failure).type().equals(Optional.of(FailureType.GUARD_REFUSED));
    }

    /**
     * Orders the guard also for a node that is not in service, since it may have been opened meanwhile. A proxy's guard
     * counts under its lock, and only if the member takes traffic there.
     */
    private LeaveOrder order(NodeStatus status, Node node) {
        boolean off = status.isIn(NodeState.QUARANTINE);
        return new LeaveOrder(
                run.file().name(),
                run.member(node),
                run.withoutProxies(),
                run.file().role(node.role()).minimum(),
                takeBack || off,
                run.file().role(node.role()).drain());
    }
}
