package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.Patience;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** See docs/runbooks/find-leaks.md. */
public final class FindLeaksRunbook implements FindLeaks {
    private final Patience patience;

    public FindLeaksRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public LeakReport run(LeakPlan plan) {
        List<TaggedResource> tagged = ActivityStubs.cloud(patience.shortCall(), "resources with Sluice's tags")
                .listTagged();
        OrphanCandidates candidates = OrphanCandidates.find(plan.file(), patience);

        List<Leak> dangling = dangling(plan, candidates, tagged);

        List<Leak> leaks = new ArrayList<>();
        candidates.withoutOpenOwner().forEach(status -> leaks.add(node(plan, status, candidates)));
        EmptyTags tags = new EmptyTags(patience);
        tags.find(tagged)
                .forEach(tag -> leaks.add(plan.fix() ? tags.remove(tag) : tags.keep(tag, "remove it with --fix")));
        leaks.addAll(dangling);
        return new LeakReport(leaks);
    }

    /** Runs that began before this step was added end without it. */
    private List<Leak> dangling(LeakPlan plan, OrphanCandidates candidates, List<TaggedResource> tagged) {
        if (Workflow.getVersion("strays", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return List.of();
        }
        NodeReferences references = NodeReferences.read(plan.file(), patience);
        return new DanglingReferences(plan.file(), references, StepProgress.now()).find(candidates.nodes(), tagged);
    }

    private Leak node(LeakPlan plan, NodeStatus status, OrphanCandidates candidates) {
        RunStatus life = candidates.ownerStatus(status);
        OrphanRemoval removal = new OrphanRemoval(plan.file(), patience, candidates.nodes());
        if (!plan.fix()) {
            return removal.keep(status, life, "remove it with --fix");
        }
        if (life == RunStatus.UNKNOWN && !plan.unknownOwner()) {
            return removal.keep(status, life, "not removed: add --unknown-owner --reason if no other Temporal owns it");
        }
        return removal.remove(status, life);
    }
}
