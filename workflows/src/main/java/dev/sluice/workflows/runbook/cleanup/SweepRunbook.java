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
            leaks.add(Leak.kept("the pass", EndReason.of(failure).sentence(), "the next pass retries"));
        }
        StuckRuns stuckRuns = StuckRuns.fromReport(last, now);
        notifyStuckRuns(plan, stuckRuns);
        Workflow.setCurrentDetails(leaks.stream().map(SweepRunbook::line).collect(Collectors.joining("\n")));
        return new SweepReport(now, leaks, emptyTags, stuckRuns.told());
    }

    private void notifyStuckRuns(SweepPlan plan, StuckRuns stuckRuns) {
        Notifier notifier = new Notifier(plan.file());
        if (!notifier.isConfigured()) {
            return;
        }
        stuckRuns
                .notifyNew(plan.file().name(), patience, notifier)
                .ifPresent(why -> leaks.add(Leak.kept("stuck runs", why, "the next pass retries")));
    }

    private static Set<String> seenEmpty(@Nullable SweepReport last) {
        return last == null ? Set.of() : new HashSet<>(last.emptyTags());
    }

    private void sweep(SweepPlan plan, Instant now, Set<String> seenEmpty) {
        List<TaggedResource> tagged = ActivityStubs.cloud(patience.shortCall(), "resources with Sluice's tags")
                .listTagged();
        OrphanCandidates candidates = OrphanCandidates.find(plan.file(), patience);
        NodeReferences references = NodeReferences.read(plan.file(), patience);
        RemovalPolicy removable = new RemovalPolicy(plan, references, now);

        candidates.withoutOpenOwner().forEach(status -> node(plan, status, candidates, removable));
        leaks.addAll(new DanglingReferences(plan.file(), references, now).find(candidates.nodes(), tagged));
        EmptyTags tags = new EmptyTags(patience);
        tags.find(tagged).forEach(tag -> tag(tags, tag, seenEmpty));
    }

    private void node(SweepPlan plan, NodeStatus status, OrphanCandidates candidates, RemovalPolicy removable) {
        Optional<NodeOwner> owner = candidates.owner(status);
        OrphanRemoval removal = new OrphanRemoval(plan.file(), patience, candidates.nodes());
        RunStatus life = owner.map(NodeOwner::life).orElse(RunStatus.UNKNOWN);
        Optional<String> objection =
                removable.objection(status, owner, removal.isDouble(status)).or(() -> tooMany(plan));
        if (objection.isPresent()) {
            leaks.add(removal.keep(status, life, "not removed: " + objection.get()));
            return;
        }
        removed++;
        leaks.add(removal.remove(status, life));
    }

    private Optional<String> tooMany(SweepPlan plan) {
        return removed < plan.most()
                ? Optional.empty()
                : Optional.of("one pass removes at most %d, the next pass continues".formatted(plan.most()));
    }

    /** Removes a tag only if two passes saw it empty: the tag of a new change is empty for a moment. */
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
