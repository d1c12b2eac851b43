package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.RetirePlan;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.node.NodeContext;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/retire-node.md: a numbered step there is a paragraph of {@link #retire} here. */
public final class RetireNodeRunbook implements RetireNode {
    private final Patience patience;
    private final StepProgress progress = new StepProgress();
    private final Undo undo = new Undo(progress);
    private @Nullable NodeReports ending;

    public RetireNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public NodeReport run(RetirePlan plan) {
        NodeReports end = NodeReports.ofRetirement(plan.ref(), progress, undo);
        ending = end;
        try {
            return end.finish(retire(plan, end));
        } catch (TemporalFailure failure) {
            throw end.fail(failure);
        }
    }

    private String retire(RetirePlan plan, NodeReports end) {
        NodeContext run = new NodeContext(plan.file(), plan.withoutProxies(), patience, progress, undo);
        TrafficRemoval removal = RoleTraits.of(plan.ref().role()).newRemoval(run, plan.takeBack());

        Optional<NodeStatus> found = find(plan);
        if (found.isEmpty()) {
            destroy(plan);
            return "%s did not exist any more.".formatted(plan.ref().name());
        }
        NodeDroplet.requireAddress(found.get());
        found.flatMap(NodeStatus::node).ifPresent(end::found);

        restoreTagOnRefusal(plan, found.get());
        mark(plan, NodeState.LEAVING, null);

        removal.leave(found.get());

        undo.clear();
        Workflow.newDetachedCancellationScope(() -> {
                    destroy(plan);
                    undo.clear();
                    found.flatMap(NodeStatus::node).ifPresent(removal::afterDestroy);
                })
                .run();
        return "%s is out of service and destroyed.".formatted(plan.ref().name());
    }

    private Optional<NodeStatus> find(RetirePlan plan) {
        return ActivityStubs.listNodes(
                        patience.shortCall(),
                        "find %s".formatted(plan.ref().name()),
                        plan.ref().cluster())
                .stream()
                .filter(status -> status.ref().name().equals(plan.ref().name()))
                .findFirst();
    }

    private void restoreTagOnRefusal(RetirePlan plan, NodeStatus found) {
        NodeState before = found.state().orElse(NodeState.DEPLOYING);
        undo.add(Step.LEAVE_CLUSTER, "the tag of %s".formatted(plan.ref().name()), () -> {
            mark(plan, before, NodeState.LEAVING);
            return "%s is %s again".formatted(plan.ref().name(), before.word());
        });
    }

    private void mark(RetirePlan plan, NodeState state, @Nullable NodeState from) {
        ActivityStubs.cloud(
                        patience.shortCall(), "%s is %s".formatted(plan.ref().name(), state.word()))
                .markNode(plan.ref(), state, from);
    }

    /** Destroys the node, or leaves it powered off: there is no way back, since a name is never used twice. */
    private void destroy(RetirePlan plan) {
        progress.begin(Step.DESTROY, plan.ref().name().value());
        undo.add(Step.DESTROY, "the droplet of %s".formatted(plan.ref().name()), () -> {
            ActivityStubs.cloud(
                            patience.rollback(),
                            "power %s off".formatted(plan.ref().name()))
                    .quarantineNode(plan.ref());
            undo.addLeftBehind("the droplet of %s, out of traffic and powered off"
                    .formatted(plan.ref().name()));
            return "powered off, not destroyed";
        });
        int gone = ActivityStubs.cloud(
                        patience.rollback(), "destroy %s".formatted(plan.ref().name()))
                .destroyDroplet(plan.ref(), null)
                .size();
        progress.complete(gone == 0 ? "did not exist any more" : "droplet destroyed, its run's tag removed");
    }

    @Override
    public NodeReport report() {
        return ending == null ? NodeReports.notStarted() : ending.report(RunOutcome.RUNNING, Optional.empty(), "");
    }
}
