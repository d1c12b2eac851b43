package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.activity.DnsActivities.DnsReport;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import io.temporal.failure.TemporalFailure;

/** Takes a proxy out of traffic: out of DNS, then a wait for the record's TTL. */
final class ProxyRemoval implements TrafficRemoval {
    private final NodeContext run;
    private final boolean takeBack;

    ProxyRemoval(NodeContext run, boolean takeBack) {
        this.run = run;
        this.takeBack = takeBack;
    }

    @Override
    public void leave(NodeStatus status) {
        if (status.node().isEmpty()) {
            run.progress().skip(Step.WITHDRAW, "it never had an address");
            return;
        }
        Node proxy = status.node().get();
        boolean inService = status.isIn(NodeState.IN_SERVICE);
        run.progress()
                .begin(
                        Step.WITHDRAW,
                        "out of DNS, then its TTL of %d s".formatted(run.file().ttl()));
        if (inService) {
            publishAgainOnRollback(proxy);
        }
        // The guard counts also for a proxy that is not in service, since it may have been published meanwhile.
        boolean off = status.isIn(NodeState.QUARANTINE);
        int minimum = takeBack || off ? 0 : run.file().role(proxy.role()).minimum();
        DnsReport withdrawn = withdraw(proxy, minimum);
        // An app server's run holds another lock and may publish this proxy while its retirement begins.
        DnsReport again = withdraw(proxy, minimum);
        run.progress().complete(again.changed() ? again.says() : withdrawn.says());
    }

    @Override
    public void removeOrphan(NodeStatus status, Node node) {
        withdraw(
                node,
                status.isIn(NodeState.LEAVING) ? run.file().role(node.role()).minimum() : 0);
    }

    private DnsReport withdraw(Node proxy, int minimum) {
        return ActivityStubs.dns(run.patience().longRunning(), "%s out of DNS".formatted(proxy.name()))
                .withdraw(run.recordOf(proxy, minimum));
    }

    private void publishAgainOnRollback(Node proxy) {
        run.undo()
                .add(
                        Step.WITHDRAW,
                        "%s out of DNS".formatted(proxy.name()),
                        () -> ActivityStubs.dns(run.patience().rollback(), "roll back: withdraw from DNS")
                                .publish(run.recordOf(proxy, 0))
                                .says());
    }

    /** Withdraws the record once more. No new proxy can have this address yet: it would need this lock. */
    @Override
    public void afterDestroy(Node destroyed) {
        try {
            DnsReport report = ActivityStubs.dns(
                            run.patience().rollback(), "%s stays out of DNS".formatted(destroyed.name()))
                    .withdraw(run.recordOf(destroyed, 0));
            if (report.changed()) {
                run.progress().begin(Step.WITHDRAW, "published by another run meanwhile");
                run.progress().complete(report.says());
            }
        } catch (TemporalFailure failure) {
            run.undo()
                    .addLeftBehind(
                            "the record of %s, if another run published it meanwhile".formatted(destroyed.name()));
            throw failure;
        }
    }
}
