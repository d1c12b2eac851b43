package dev.sluice.workflows.runbook.template;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.activity.CloudActivities.BaseDropletOrder;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.RoleSpec;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.lifecycle.FirstBootStep;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.RunFailures;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/bake-template.md: a numbered step there is a paragraph of {@link #bake} here. */
public final class BakeTemplateRunbook implements BakeTemplate {
    private final Patience patience;
    private final StepProgress progress = new StepProgress();
    private final Undo undo = new Undo(progress);
    private Optional<Template> template = Optional.empty();
    private NodeEvidence evidence = NodeEvidence.NONE;
    private @Nullable BakeReport last;

    public BakeTemplateRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public BakeReport run(BakePlan plan) {
        NodeRef ref = NodeDroplet.claimForThisRun(new NodeRef(plan.file().name(), plan.role(), plan.machine(), ""));
        NodeDroplet droplet = new NodeDroplet(ref, patience, undo);
        try {
            bake(plan, ref, droplet);
        } catch (TemporalFailure failure) {
            EndReason reason = EndReason.ofEnd(failure);
            rollBack(plan, reason);
            if (template.isEmpty() || !undo.isConfirmed()) {
                throw failed(plan, reason, failure);
            }
        }
        last = report(
                RunOutcome.DONE,
                Optional.empty(),
                "%s is made; it deploys once it is approved.".formatted(plan.title()));
        progress.setPhase("done");
        return last;
    }

    private void bake(BakePlan plan, NodeRef ref, NodeDroplet droplet) {
        RoleSpec spec = plan.file().role(plan.role());

        progress.begin(Step.CLONE, "from %s".formatted(spec.bake().image()));
        Node node = create(plan.file(), spec, ref, droplet);
        progress.complete("droplet %s, %s".formatted(node.droplet(), node.privateAddress()));

        progress.begin(Step.FIRST_BOOT, "host key signed");
        Map<String, String> values = FirstBootStep.templateValues(plan.file(), node);
        progress.complete(ActivityStubs.node(patience.longRunning(), "first boot of %s".formatted(ref.name()))
                .firstBoot(new FirstBootOrder(node, List.of(), List.of(), values, Map.of()))
                .says());

        progress.begin(
                Step.RECIPE,
                "%d files, then the recipe".formatted(spec.bake().files().size()));
        Sha256Digest manifest = ActivityStubs.node(patience.longRunning(), "recipe of %s".formatted(plan.role()))
                .runRecipe(new RecipeOrder(node, spec.bake(), values));
        progress.complete("manifest %s".formatted(manifest.value().substring(0, 12)));

        progress.begin(Step.CLEAN_UP, "keys, secrets, logs and identity");
        ActivityStubs.node(patience.heartbeating(), "clean up %s".formatted(ref.name()))
                .cleanUp(node);
        progress.complete("keys, secrets, logs and identity removed");

        progress.begin(Step.SNAPSHOT, plan.title());
        Template made = ActivityStubs.cloud(patience.longRunning(), "snapshot %s".formatted(plan.title()))
                .snapshotNode(new SnapshotOrder(ref, node.droplet(), plan.title(), manifest));
        template = Optional.of(made);
        progress.complete("image %d".formatted(made.image()));

        progress.begin(Step.DESTROY, ref.name().value());
        ActivityStubs.cloud(patience.rollback(), "destroy %s".formatted(ref.name()))
                .destroyDroplet(ref, null);
        progress.complete("the droplet is destroyed");
    }

    private Node create(ClusterFile file, RoleSpec spec, NodeRef ref, NodeDroplet droplet) {
        BaseDropletOrder base = new BaseDropletOrder(
                ref, file.region(), spec.size(), spec.bake().image(), file.vpc(), file.sshKeys());
        CloneOrder order = new CloneOrder(ref, file.region(), spec.size(), 0, file.vpc(), file.sshKeys());
        String summary = "create %s from %s".formatted(ref.name(), spec.bake().image());
        return droplet.create(
                () -> ActivityStubs.cloud(patience.create(), summary).createBase(base), order, () -> {
                    droplet.keepEvidence();
                    evidence = droplet.evidence();
                    return droplet.destroyOrQuarantine();
                });
    }

    /** Rolls back. A bake whose image is made and whose droplet is destroyed succeeded, however its last step ended. */
    private void rollBack(BakePlan plan, EndReason reason) {
        boolean asked = progress.isAt(Step.SNAPSHOT) && !reason.isRepeatedRun();
        progress.fail(reason.sentence());
        progress.setPhase("rolling back");
        undo.rollBack(reason);
        if (asked) {
            Workflow.newDetachedCancellationScope(() -> nameImage(plan)).run();
        }
    }

    /** Names the image of a snapshot that timed out: it may exist, and no step rolls an image back. */
    private void nameImage(BakePlan plan) {
        try {
            ActivityStubs.cloud(patience.shortCall(), "whether %s was made".formatted(plan.title()))
                    .listTemplates(plan.file().name())
                    .stream()
                    .filter(made ->
                            made.name().equals(plan.title()) && made.approval().isEmpty())
                    .forEach(made -> undo.addLeftBehind(
                            "image %d (%s), which must not be approved".formatted(made.image(), made.name())));
        } catch (TemporalFailure silent) {
            undo.addLeftBehind("possibly an image %s (%s)"
                    .formatted(plan.title(), EndReason.of(silent).sentence()));
        }
    }

    private TemporalFailure failed(BakePlan plan, EndReason reason, TemporalFailure failure) {
        List<String> leftBehind = undo.leftBehind();
        boolean restored = leftBehind.isEmpty();
        Optional<FailureType> type = restored ? reason.type() : Optional.of(FailureType.NOT_UNDONE);
        BakeReport report = report(
                restored ? RunOutcome.RESTORED : RunOutcome.NOT_RESTORED, type, sentence(plan, reason, leftBehind));
        last = report;
        progress.setPhase(restored ? "restored" : "not restored");
        new Notifier(plan.file()).sendBakeFailure(plan, report);
        return RunFailures.of(reason, type, report.sentence(), report, failure);
    }

    private String sentence(BakePlan plan, EndReason reason, List<String> leftBehind) {
        String made = template.isPresent() ? "%s is made, but: ".formatted(plan.title()) : "";
        return leftBehind.isEmpty()
                ? "%s%s is not baked, its droplet is destroyed: %s.".formatted(made, plan.title(), reason.sentence())
                : "%sNOT restored. Left behind: %s. Why: %s."
                        .formatted(made, String.join("; ", leftBehind), reason.sentence());
    }

    @Override
    public BakeReport report() {
        return last == null ? report(RunOutcome.RUNNING, Optional.empty(), "") : last;
    }

    private BakeReport report(RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        return new BakeReport(outcome, failure, progress.steps(), template, evidence, undo.leftBehind(), sentence);
    }
}
