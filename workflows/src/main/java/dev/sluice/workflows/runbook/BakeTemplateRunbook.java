package dev.sluice.workflows.runbook;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.activity.CloudActivities.BaseOrder;
import dev.sluice.workflows.activity.CloudActivities.CloneOrder;
import dev.sluice.workflows.activity.CloudActivities.SnapshotOrder;
import dev.sluice.workflows.activity.NodeActivities.FirstBootOrder;
import dev.sluice.workflows.activity.NodeActivities.RecipeOrder;
import dev.sluice.workflows.model.BakePlan;
import dev.sluice.workflows.model.BakeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.RoleSpec;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.Template;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/bake-template.md: a numbered step there is a paragraph of {@link #bake} here. */
final class BakeTemplateRunbook implements BakeTemplate {
    private final Patience patience;
    private final Progress progress = new Progress();
    private final Undo undo = new Undo(progress);
    private Optional<Template> template = Optional.empty();
    private Evidence evidence = Evidence.NONE;
    private @Nullable BakeReport last;

    BakeTemplateRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public BakeReport run(BakePlan plan) {
        NodeRef ref = NodeRefs.ofThisRun(new NodeRef(plan.file().name(), plan.role(), plan.machine(), ""));
        Machine machine = new Machine(ref, patience, undo);
        try {
            bake(plan, ref, machine);
        } catch (TemporalFailure failure) {
            Reason reason = Reason.ofEnd(failure);
            takeBack(plan, reason);
            if (template.isEmpty() || !undo.confirmed()) {
                throw failed(plan, reason, failure);
            }
        }
        last = report(
                Outcome.DONE, Optional.empty(), "%s is made; it deploys once it is approved.".formatted(plan.title()));
        progress.phase("done");
        return last;
    }

    private void bake(BakePlan plan, NodeRef ref, Machine machine) {
        RoleSpec spec = plan.file().role(plan.role());

        progress.begin(Step.CLONE, "from %s".formatted(spec.bake().image()));
        Node node = create(plan.file(), spec, ref, machine);
        progress.done("droplet %s, %s".formatted(node.droplet(), node.privateAddress()));

        progress.begin(Step.FIRST_BOOT, "host key signed");
        Map<String, String> values = FirstBoot.values(plan.file(), node);
        progress.done(Reach.node(patience.lengthy(), "make %s ours".formatted(ref.name()))
                .firstBoot(new FirstBootOrder(node, List.of(), List.of(), values, Map.of()))
                .says());

        progress.begin(
                Step.RECIPE,
                "%d files, then the recipe".formatted(spec.bake().files().size()));
        Digest manifest = Reach.node(patience.lengthy(), "recipe of %s".formatted(plan.role()))
                .runRecipe(new RecipeOrder(node, spec.bake(), values));
        progress.done("manifest %s".formatted(manifest.value().substring(0, 12)));

        progress.begin(Step.CLEAN_UP, "nothing of this machine stays");
        Reach.node(patience.steady(), "clean up %s".formatted(ref.name())).cleanUp(node);
        progress.done("keys, secrets, logs and identity removed");

        progress.begin(Step.SNAPSHOT, plan.title());
        Template made = Reach.cloud(patience.lengthy(), "snapshot %s".formatted(plan.title()))
                .snapshotNode(new SnapshotOrder(ref, node.droplet(), plan.title(), manifest));
        template = Optional.of(made);
        progress.done("image %d".formatted(made.image()));

        progress.begin(Step.DESTROY, ref.name().value());
        Reach.cloud(patience.takeBack(), "destroy %s".formatted(ref.name())).destroyDroplet(ref);
        progress.done("the machine is gone");
    }

    private Node create(ClusterFile file, RoleSpec spec, NodeRef ref, Machine machine) {
        BaseOrder base =
                new BaseOrder(ref, file.region(), spec.size(), spec.bake().image(), file.vpc(), file.sshKeys());
        CloneOrder order = new CloneOrder(ref, file.region(), spec.size(), 0, file.vpc(), file.sshKeys());
        String summary = "create %s from %s".formatted(ref.name(), spec.bake().image());
        return machine.create(() -> Reach.cloud(patience.create(), summary).createBase(base), order, () -> {
            machine.keepEvidence();
            evidence = machine.evidence();
            return machine.destroyOrQuarantine();
        });
    }

    /** With the image made and the machine gone nothing is missing, however the last step ended. */
    private void takeBack(BakePlan plan, Reason reason) {
        boolean asked = progress.isAt(Step.SNAPSHOT);
        progress.failed(reason.sentence());
        progress.phase("taking back");
        undo.takeBack();
        if (asked) {
            Workflow.newDetachedCancellationScope(() -> nameImage(plan)).run();
        }
    }

    /** A snapshot without an answer may have been made: no step takes an image back, so that it is named. */
    private void nameImage(BakePlan plan) {
        try {
            Reach.cloud(patience.brief(), "was %s made?".formatted(plan.title()))
                    .listTemplates(plan.file().name())
                    .stream()
                    .filter(made ->
                            made.name().equals(plan.title()) && made.approval().isEmpty())
                    .forEach(made -> undo.leaves(
                            "image %d (%s), which nobody should approve".formatted(made.image(), made.name())));
        } catch (TemporalFailure silent) {
            undo.leaves("perhaps an image %s (%s)"
                    .formatted(plan.title(), Reason.of(silent).sentence()));
        }
    }

    private TemporalFailure failed(BakePlan plan, Reason reason, TemporalFailure failure) {
        List<String> leftBehind = undo.leftBehind();
        boolean restored = leftBehind.isEmpty();
        Optional<FailureType> type = restored ? reason.type() : Optional.of(FailureType.NOT_UNDONE);
        BakeReport report =
                report(restored ? Outcome.RESTORED : Outcome.NOT_RESTORED, type, sentence(plan, reason, leftBehind));
        last = report;
        progress.phase(restored ? "restored" : "not restored");
        tell(plan, report);
        return Endings.of(reason, type, report.sentence(), report, failure);
    }

    /** Bakes that began before people were told of them end without. */
    private static void tell(BakePlan plan, BakeReport report) {
        Telling telling = new Telling(plan.file());
        if (telling.somebody()
                && Workflow.getVersion("told-of-bakes", Workflow.DEFAULT_VERSION, 1) > Workflow.DEFAULT_VERSION) {
            telling.ended(plan, report);
        }
    }

    private String sentence(BakePlan plan, Reason reason, List<String> leftBehind) {
        String made = template.isPresent() ? "%s is made, but: ".formatted(plan.title()) : "";
        return leftBehind.isEmpty()
                ? "%s%s is not baked, its machine is gone: %s.".formatted(made, plan.title(), reason.sentence())
                : "%sNOT restored. Left behind: %s. Why: %s."
                        .formatted(made, String.join("; ", leftBehind), reason.sentence());
    }

    @Override
    public BakeReport report() {
        return last == null ? report(Outcome.RUNNING, Optional.empty(), "") : last;
    }

    private BakeReport report(Outcome outcome, Optional<FailureType> failure, String sentence) {
        return new BakeReport(outcome, failure, progress.steps(), template, evidence, undo.leftBehind(), sentence);
    }
}
