package dev.sluice.workflows.runbook;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.activity.CloudActivities.Tagged;
import dev.sluice.workflows.activity.RunActivities.Life;
import dev.sluice.workflows.activity.RunActivities.Owner;
import dev.sluice.workflows.model.NodeStatus;
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
final class SweepRunbook implements Sweep {
    private final Patience patience;
    private final List<Leak> leaks = new ArrayList<>();
    private final List<String> emptyTags = new ArrayList<>();
    private int removed;

    SweepRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public SweepReport run(SweepPlan plan) {
        SweepReport last = Workflow.getLastCompletionResult(SweepReport.class);
        Instant now = Progress.now();
        try {
            sweep(plan, now, seenEmpty(last));
        } catch (TemporalFailure failure) {
            leaks.add(Leak.left("the pass", Reason.of(failure).sentence(), "the next one looks again"));
        }
        HangingRuns hanging = HangingRuns.toldBefore(last, now);
        tell(plan, hanging);
        Workflow.setCurrentDetails(leaks.stream().map(SweepRunbook::line).collect(Collectors.joining("\n")));
        return new SweepReport(now, leaks, emptyTags, hanging.told());
    }

    /** Passes that began before the sweep told of runs end without it. */
    private void tell(SweepPlan plan, HangingRuns hanging) {
        Telling telling = new Telling(plan.file());
        if (!telling.somebody()
                || Workflow.getVersion(HangingRuns.TOLD_BY_THE_SWEEP, Workflow.DEFAULT_VERSION, 1)
                        == Workflow.DEFAULT_VERSION) {
            return;
        }
        hanging.tell(plan.file().name(), patience, telling)
                .ifPresent(why -> leaks.add(Leak.left("runs that hang", why, "the next pass tries again")));
    }

    private static Set<String> seenEmpty(@Nullable SweepReport last) {
        return last == null ? Set.of() : new HashSet<>(last.emptyTags());
    }

    private void sweep(SweepPlan plan, Instant now, Set<String> seenEmpty) {
        List<Tagged> tagged =
                Reach.cloud(patience.brief(), "what carries our tags").listTagged();
        Suspects suspects = Suspects.find(plan.file(), patience);
        Traces traces = Traces.read(plan.file(), patience);
        Removable removable = new Removable(plan, traces, now);

        suspects.withoutLife().forEach(status -> node(plan, status, suspects, removable));
        leaks.addAll(new Strays(plan.file(), traces, now).among(suspects.nodes(), tagged));
        EmptyTags tags = new EmptyTags(patience);
        tags.among(tagged).forEach(tag -> tag(tags, tag, seenEmpty));
    }

    private void node(SweepPlan plan, NodeStatus status, Suspects suspects, Removable removable) {
        Optional<Owner> owner = suspects.owner(status);
        Leftover leftover = new Leftover(plan.file(), patience);
        Life life = owner.map(Owner::life).orElse(Life.UNKNOWN);
        Optional<String> objection = removable.objection(status, owner).or(() -> tooMany(plan));
        if (objection.isPresent()) {
            leaks.add(leftover.stays(status, life, "not removed: " + objection.get()));
            return;
        }
        removed++;
        leaks.add(leftover.goes(status, life));
    }

    private Optional<String> tooMany(SweepPlan plan) {
        return removed < plan.most()
                ? Optional.empty()
                : Optional.of("%d a pass are removed, the next pass goes on".formatted(plan.most()));
    }

    /** The tag of a change that has just begun is empty for a moment. */
    private void tag(EmptyTags tags, String tag, Set<String> seenEmpty) {
        if (seenEmpty.contains(tag)) {
            leaks.add(tags.goes(tag));
        } else {
            emptyTags.add(tag);
        }
    }

    private static String line(Leak leak) {
        String done = leak.removed() ? "removed" : "**stays**";
        return "- %s %s: %s; %s"
                .formatted(
                        done, Markdown.escape(leak.what()), Markdown.escape(leak.why()), Markdown.escape(leak.says()));
    }
}
