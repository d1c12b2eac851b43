package dev.sluice.workflows.runbook;

import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.RetirePlan;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/retire-node.md: a numbered step there is a paragraph of {@link #retire} here. */
final class RetireNodeRunbook implements RetireNode {
    private final Patience patience;
    private final Progress progress = new Progress();
    private final Undo undo = new Undo(progress);
    private @Nullable RetireEnding ending;

    RetireNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public NodeReport run(RetirePlan plan) {
        RetireEnding end = new RetireEnding(plan.ref(), progress, undo);
        ending = end;
        try {
            return end.done(retire(plan, end));
        } catch (TemporalFailure failure) {
            throw end.failed(failure);
        }
    }

    private String retire(RetirePlan plan, RetireEnding end) {
        NodeRun run = new NodeRun(plan.file(), plan.withoutProxies(), patience, progress, undo);
        Exit exit = exit(plan, run);

        Optional<NodeStatus> found = find(plan);
        if (found.isEmpty()) {
            destroy(plan);
            return "%s was gone already.".formatted(plan.ref().name());
        }
        ShownAddress.needed(found.get());
        found.flatMap(NodeStatus::node).ifPresent(end::found);

        putBackIfRefused(plan, found.get());
        mark(plan, NodeState.LEAVING, null);

        exit.leave(found.get());

        undo.forget();
        Workflow.newDetachedCancellationScope(() -> {
                    destroy(plan);
                    undo.forget();
                    found.flatMap(NodeStatus::node).ifPresent(exit::afterwards);
                })
                .run();
        return "%s is out of service and destroyed.".formatted(plan.ref().name());
    }

    private Exit exit(RetirePlan plan, NodeRun run) {
        return switch (plan.ref().role()) {
            case APP -> new AppExit(run, plan.takeBack());
            case PROXY -> new ProxyExit(run, plan.takeBack());
        };
    }

    private Optional<NodeStatus> find(RetirePlan plan) {
        return Reach.cloud(patience.brief(), "find %s".formatted(plan.ref().name()))
                .listNodes(plan.ref().cluster(), false)
                .stream()
                .filter(status -> status.ref().name().equals(plan.ref().name()))
                .findFirst();
    }

    private void putBackIfRefused(RetirePlan plan, NodeStatus found) {
        NodeState before = found.state().orElse(NodeState.DEPLOYING);
        undo.with(Step.LEAVE_CLUSTER, "the tag of %s".formatted(plan.ref().name()), () -> {
            mark(plan, before, NodeState.LEAVING);
            return "%s is %s again".formatted(plan.ref().name(), before.word());
        });
    }

    private void mark(RetirePlan plan, NodeState state, @Nullable NodeState from) {
        Reach.cloud(patience.brief(), "%s is %s".formatted(plan.ref().name(), state.word()))
                .markNode(plan.ref(), state, from);
    }

    /** Out of traffic there is no way back: the name is used up. It is destroyed, or stays behind powered off. */
    private void destroy(RetirePlan plan) {
        progress.begin(Step.DESTROY, plan.ref().name().value());
        undo.with(Step.DESTROY, "the droplet of %s".formatted(plan.ref().name()), () -> {
            Reach.cloud(
                            patience.takeBack(),
                            "cut the power of %s".formatted(plan.ref().name()))
                    .quarantineNode(plan.ref());
            undo.leaves("the droplet of %s, out of traffic and powered off"
                    .formatted(plan.ref().name()));
            return "powered off, not destroyed";
        });
        int gone = Reach.cloud(
                        patience.takeBack(), "destroy %s".formatted(plan.ref().name()))
                .destroyDroplet(plan.ref())
                .size();
        progress.done(gone == 0 ? "was gone already" : "droplet destroyed, its run's tag removed");
    }

    @Override
    public NodeReport report() {
        return ending == null ? NodeEnding.notStarted() : ending.report(Outcome.RUNNING, Optional.empty(), "");
    }
}
