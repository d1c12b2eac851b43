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
        List<TaggedResource> tagged =
                ActivityStubs.cloud(patience.brief(), "what carries our tags").listTagged();
        OrphanCandidates suspects = OrphanCandidates.find(plan.file(), patience);

        List<Leak> strays = strays(plan, suspects, tagged);

        List<Leak> leaks = new ArrayList<>();
        suspects.withoutOpenOwner().forEach(status -> leaks.add(node(plan, status, suspects.ownerStatus(status))));
        EmptyTags tags = new EmptyTags(patience);
        tags.find(tagged)
                .forEach(tag -> leaks.add(plan.fix() ? tags.remove(tag) : tags.keep(tag, "remove it with --fix")));
        leaks.addAll(strays);
        return new LeakReport(leaks);
    }

    /** Runs that began before Sluice looked for strays end without it. */
    private List<Leak> strays(LeakPlan plan, OrphanCandidates suspects, List<TaggedResource> tagged) {
        if (Workflow.getVersion("strays", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return List.of();
        }
        NodeReferences traces = NodeReferences.read(plan.file(), patience);
        return new DanglingReferences(plan.file(), traces, StepProgress.now()).find(suspects.nodes(), tagged);
    }

    private Leak node(LeakPlan plan, NodeStatus status, RunStatus life) {
        OrphanRemoval leftover = new OrphanRemoval(plan.file(), patience);
        if (!plan.fix()) {
            return leftover.keep(status, life, "remove it with --fix");
        }
        if (life == RunStatus.UNKNOWN && !plan.unknownOwner()) {
            return leftover.keep(status, life, "not removed: say --unknown-owner --reason if nobody else owns it");
        }
        return leftover.remove(status, life);
    }
}
