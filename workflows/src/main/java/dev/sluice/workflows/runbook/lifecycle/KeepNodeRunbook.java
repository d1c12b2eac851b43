package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import dev.sluice.workflows.runbook.run.Timers;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/keep-node.md. */
public final class KeepNodeRunbook implements KeepNode {
    private final Patience patience;
    private final StepProgress progress = new StepProgress();
    private final Undo undo = new Undo(progress);
    private @Nullable NodeReports ending;
    private String kept = "";

    public KeepNodeRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public NodeReport run(KeepPlan plan) {
        NodeReports end = NodeReports.ofRetirement(plan.node(), progress, undo);
        ending = end;
        kept = "%s is kept, out of traffic, until %s, then destroyed: it %s"
                .formatted(
                        plan.node().name(), TextFormat.format(StepProgress.now().plus(plan.time())), plan.why());
        waitFor(plan);
        kept = "";
        Workflow.newDetachedCancellationScope(() -> destroy(plan)).run();
        return end.finish("%s was kept and is destroyed.".formatted(plan.node().name()));
    }

    /** A cancel ends the wait, not the destruction. */
    private static void waitFor(KeepPlan plan) {
        try {
            Timers.sleep(
                    plan.time(),
                    "%s is kept for inspection".formatted(plan.node().name()));
        } catch (CanceledFailure early) {
            Workflow.setCurrentDetails("Not kept any longer: cancelled.");
        }
    }

    private void destroy(KeepPlan plan) {
        progress.begin(Step.DESTROY, plan.node().name().value());
        try {
            ActivityStubs.cloud(
                            patience.rollback(),
                            "destroy %s".formatted(plan.node().name()))
                    .destroyDroplet(plan.node(), null);
            progress.complete("droplet destroyed");
        } catch (TemporalFailure failure) {
            undo.addLeftBehind(
                    "the droplet of %s, out of traffic".formatted(plan.node().name()));
            TemporalFailure ended = requireEnding().fail(failure);
            new Notifier(plan.node().cluster(), plan.notices()).sendKeepFailure(plan, report());
            throw ended;
        }
    }

    private NodeReports requireEnding() {
        return java.util.Objects.requireNonNull(ending, "the run has begun");
    }

    @Override
    public NodeReport report() {
        return ending == null
                ? NodeReports.notStarted()
                : ending.report(RunOutcome.RUNNING, Optional.<FailureType>empty(), kept);
    }
}
