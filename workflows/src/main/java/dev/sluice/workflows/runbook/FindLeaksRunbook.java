package dev.sluice.workflows.runbook;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.activity.RunActivities.Life;
import dev.sluice.workflows.model.NodeStatus;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** See docs/runbooks/find-leaks.md. */
final class FindLeaksRunbook implements FindLeaks {
    private final Patience patience;

    FindLeaksRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public LeakReport run(LeakPlan plan) {
        List<Tagged> tagged =
                Reach.cloud(patience.brief(), "what carries our tags").listTagged();
        Suspects suspects = Suspects.find(plan.file(), patience);

        List<Leak> strays = strays(plan, suspects, tagged);

        List<Leak> leaks = new ArrayList<>();
        suspects.withoutLife().forEach(status -> leaks.add(node(plan, status, suspects.life(status))));
        EmptyTags tags = new EmptyTags(patience);
        tags.among(tagged)
                .forEach(tag -> leaks.add(plan.fix() ? tags.goes(tag) : tags.stays(tag, "remove it with --fix")));
        leaks.addAll(strays);
        return new LeakReport(leaks);
    }

    /** Runs that began before Sluice looked for strays end without it. */
    private List<Leak> strays(LeakPlan plan, Suspects suspects, List<Tagged> tagged) {
        if (Workflow.getVersion("strays", Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION) {
            return List.of();
        }
        Traces traces = Traces.read(plan.file(), patience);
        return new Strays(plan.file(), traces, Progress.now()).among(suspects.nodes(), tagged);
    }

    private Leak node(LeakPlan plan, NodeStatus status, Life life) {
        Leftover leftover = new Leftover(plan.file(), patience);
        if (!plan.fix()) {
            return leftover.stays(status, life, "remove it with --fix");
        }
        if (life == Life.UNKNOWN && !plan.unknownOwner()) {
            return leftover.stays(status, life, "not removed: say --unknown-owner --reason if nobody else owns it");
        }
        return leftover.goes(status, life);
    }
}
