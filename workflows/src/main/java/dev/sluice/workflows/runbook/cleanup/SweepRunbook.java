package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepMarkdown;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** See docs/runbooks/sweep.md. */
public final class SweepRunbook implements Sweep {
    private final Patience patience;
    private final List<Leak> leaks = new ArrayList<>();
    private final List<String> emptyTags = new ArrayList<>();
    private int removed;

    public SweepRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public SweepReport run(SweepPlan plan) {
        SweepReport last = Workflow.getLastCompletionResult(SweepReport.class);
        Instant now = StepProgress.now();
        try {
            sweep(plan, now, seenEmpty(last));
        } catch (TemporalFailure failure) {
            leaks.add(Leak.kept("the pass", EndReason.of(failure).sentence(), "the next one looks again"));
        }
        StuckRuns hanging = StuckRuns.toldBefore(last, now);
        notifyStuckRuns(plan, hanging);
        Workflow.setCurrentDetails(leaks.stream().map(SweepRunbook::line).collect(Collectors.joining("\n")));
        return new SweepReport(now, leaks, emptyTags, hanging.told());
    }

    private void notifyStuckRuns(SweepPlan plan, StuckRuns hanging) {
        Notifier telling = new Notifier(plan.file());
        if (!telling.isConfigured()) {
            return;
        }
        hanging.notifyNew(plan.file().name(), patience, telling)
                .ifPresent(why -> leaks.add(Leak.kept("runs that hang", why, "the next pass tries again")));
    }

    private static Set<String> seenEmpty(@Nullable SweepReport last) {
        return last == null ? Set.of() : new HashSet<>(last.emptyTags());
    }

    private void sweep(SweepPlan plan, Instant now, Set<String> seenEmpty) {
        List<TaggedResource> tagged =
                ActivityStubs.cloud(patience.brief(), "what carries our tags").listTagged();
        OrphanCandidates suspects = OrphanCandidates.find(plan.file(), patience);
        NodeReferences traces = NodeReferences.read(plan.file(), patience);
        RemovalPolicy removable = new RemovalPolicy(plan, traces, now);

        suspects.withoutOpenOwner().forEach(status -> node(plan, status, suspects, removable));
        leaks.addAll(new DanglingReferences(plan.file(), traces, now).find(suspects.nodes(), tagged));
        EmptyTags tags = new EmptyTags(patience);
        tags.find(tagged).forEach(tag -> tag(tags, tag, seenEmpty));
    }

    private void node(SweepPlan plan, NodeStatus status, OrphanCandidates suspects, RemovalPolicy removable) {
        Optional<NodeOwner> owner = suspects.owner(status);
        OrphanRemoval leftover = new OrphanRemoval(plan.file(), patience);
        RunStatus life = owner.map(NodeOwner::life).orElse(RunStatus.UNKNOWN);
        Optional<String> objection = removable.objection(status, owner).or(() -> tooMany(plan));
        if (objection.isPresent()) {
            leaks.add(leftover.keep(status, life, "not removed: " + objection.get()));
            return;
        }
        removed++;
        leaks.add(leftover.remove(status, life));
    }

    private Optional<String> tooMany(SweepPlan plan) {
        return removed < plan.most()
                ? Optional.empty()
                : Optional.of("%d a pass are removed, the next pass goes on".formatted(plan.most()));
    }

    /** The tag of a change that has just begun is empty for a moment. */
    private void tag(EmptyTags tags, String tag, Set<String> seenEmpty) {
        if (seenEmpty.contains(tag)) {
            leaks.add(tags.remove(tag));
        } else {
            emptyTags.add(tag);
        }
    }

    private static String line(Leak leak) {
        String done = leak.removed() ? "removed" : "**stays**";
        return "- %s %s: %s; %s"
                .formatted(
                        done,
                        StepMarkdown.escape(leak.what()),
                        StepMarkdown.escape(leak.why()),
                        StepMarkdown.escape(leak.says()));
    }
}
