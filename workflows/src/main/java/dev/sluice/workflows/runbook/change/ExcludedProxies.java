package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import java.util.Optional;

/**
 * Withdraws unreachable proxies, which a change leaves out, from DNS, waits for the TTL, and marks them ready instead
 * of in service. A later change publishes them again.
 */
final class ExcludedProxies {
    private final ChangePlan plan;
    private final Patience patience;
    private final StepProgress progress;

    ExcludedProxies(ChangePlan plan, Patience patience, StepProgress progress) {
        this.plan = plan;
        this.patience = patience;
        this.progress = progress;
    }

    void withdraw(ChangePlanCheck.CheckedPlan found) {
        for (NodeName name : plan.withoutProxies()) {
            found.findNode(name)
                    .filter(status -> status.isIn(NodeState.IN_SERVICE))
                    .filter(status -> status.node().isPresent())
                    .ifPresent(this::withdraw);
        }
    }

    private void withdraw(NodeStatus proxy) {
        NodeName name = proxy.ref().name();
        progress.begin(Step.WITHDRAW, "%s is unreachable; waits for its TTL".formatted(name));
        NodeContext run = new NodeContext(plan.file(), plan.withoutProxies(), patience, progress, new Undo(progress));
        String says = ActivityStubs.dns(patience.longRunning(), "%s out of DNS, it is unreachable".formatted(name))
                .withdraw(run.recordOf(
                        proxy.node().orElseThrow(), minimum(proxy.ref().role())))
                .says();
        ActivityStubs.cloud(patience.shortCall(), "%s is ready, not in service".formatted(name))
                .markNode(proxy.ref(), NodeState.READY, NodeState.IN_SERVICE);
        progress.complete("%s: %s".formatted(name, says));
    }

    private int minimum(Role role) {
        return Optional.ofNullable(plan.file().roles().get(role))
                .map(RoleSpec::minimum)
                .orElse(1);
    }
}
