package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.RoleSpec;
import dev.sluice.workflows.model.Step;
import java.util.Optional;

/**
 * Proxies that cannot be reached and are left out of a change: withdrawn from DNS, their TTL waited out, and ready
 * instead of in service from then on. They stay so until a later change proves their list.
 */
final class ProxiesLeftOut {
    private final ChangePlan plan;
    private final Patience patience;
    private final Progress progress;

    ProxiesLeftOut(ChangePlan plan, Patience patience, Progress progress) {
        this.plan = plan;
        this.patience = patience;
        this.progress = progress;
    }

    void withdraw(PlanCheck.Found found) {
        for (NodeName name : plan.withoutProxies()) {
            found.named(name)
                    .filter(status -> status.state().equals(Optional.of(NodeState.IN_SERVICE)))
                    .filter(status -> status.node().isPresent())
                    .ifPresent(this::withdraw);
        }
    }

    private void withdraw(NodeStatus proxy) {
        NodeName name = proxy.ref().name();
        progress.begin(Step.WITHDRAW, "%s cannot be reached; waits its TTL".formatted(name));
        NodeRun run = new NodeRun(plan.file(), plan.withoutProxies(), patience, progress, new Undo(progress));
        String says = Reach.dns(patience.lengthy(), "%s out of DNS, it cannot be reached".formatted(name))
                .withdraw(run.recordOf(proxy.node().orElseThrow(), minimum()))
                .says();
        Reach.cloud(patience.brief(), "%s is ready, not in service".formatted(name))
                .markNode(proxy.ref(), NodeState.READY, NodeState.IN_SERVICE);
        progress.done("%s: %s".formatted(name, says));
    }

    private int minimum() {
        return Optional.ofNullable(plan.file().roles().get(Role.PROXY))
                .map(RoleSpec::minimum)
                .orElse(1);
    }
}
