package dev.sluice.workflows.runbook;

import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Step;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/keep-node.md. */
final class KeepNodeRunbook implements KeepNode {
    private final Patience patience;
    private final Progress progress = new Progress();
    private final Undo undo = new Undo(progress);
    private @Nullable RetireEnding ending;
    private String kept = "";

    KeepNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public NodeReport run(KeepPlan plan) {
        RetireEnding end = new RetireEnding(plan.node(), progress, undo);
        ending = end;
        kept = "%s is kept, out of traffic, until %s, then destroyed: it %s"
                .formatted(plan.node().name(), Words.of(Progress.now().plus(plan.time())), plan.why());
        waitFor(plan);
        kept = "";
        Workflow.newDetachedCancellationScope(() -> destroy(plan)).run();
        return end.done("%s was kept and is destroyed.".formatted(plan.node().name()));
    }

    /** Cancelling ends the waiting, not the destroying. */
    private static void waitFor(KeepPlan plan) {
        try {
            Wait.pause(
                    plan.time(),
                    "%s is kept for somebody to look at".formatted(plan.node().name()));
        } catch (CanceledFailure early) {
            Workflow.setCurrentDetails("Kept no longer: cancelled.");
        }
    }

    private void destroy(KeepPlan plan) {
        progress.begin(Step.DESTROY, plan.node().name().value());
        try {
            Reach.cloud(patience.takeBack(), "destroy %s".formatted(plan.node().name()))
                    .destroyDroplet(plan.node());
            progress.done("droplet destroyed");
        } catch (TemporalFailure failure) {
            undo.leaves(
                    "the droplet of %s, out of traffic".formatted(plan.node().name()));
            TemporalFailure ended = requireEnding().failed(failure);
            new Telling(plan.node().cluster(), plan.notices()).ended(plan, report());
            throw ended;
        }
    }

    private RetireEnding requireEnding() {
        return java.util.Objects.requireNonNull(ending, "the run has begun");
    }

    @Override
    public NodeReport report() {
        return ending == null
                ? NodeEnding.notStarted()
                : ending.report(Outcome.RUNNING, Optional.<FailureType>empty(), kept);
    }
}
