package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.activity.CloudActivities.TaggedResource;
import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.failure.TemporalFailure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@link FindLeaksRunbook} before it searched for dangling references, except for {@link OrphanRemoval}. */
public final class OldFindLeaksRunbook implements FindLeaks {
    private static final Set<NodeState> NEVER = Set.of(NodeState.READY, NodeState.IN_SERVICE);

    private final Patience patience;

    public OldFindLeaksRunbook(Patience patience) {
        this.patience = patience;
    }

    @Override
    public LeakReport run(LeakPlan plan) {
        List<TaggedResource> tagged = ActivityStubs.cloud(patience.shortCall(), "resources with Sluice's tags")
                .listTagged();
        List<Leak> leaks = new ArrayList<>(nodes(plan));
        tags(tagged).forEach(tag -> leaks.add(tag(plan, tag)));
        return new LeakReport(leaks);
    }

    private List<Leak> nodes(LeakPlan plan) {
        List<NodeStatus> suspects = ActivityStubs.cloud(
                        patience.shortCall(),
                        "nodes of %s".formatted(plan.file().name()))
                .listNodes(plan.file().name(), false)
                .stream()
                .filter(status -> status.state().stream().noneMatch(NEVER::contains))
                .toList();
        if (suspects.isEmpty()) {
            return List.of();
        }
        Map<NodeName, RunStatus> lives = lives(plan, suspects);
        return suspects.stream()
                .filter(status -> life(lives, status) != RunStatus.OPEN)
                .map(status -> node(plan, status, life(lives, status)))
                .toList();
    }

    private Map<NodeName, RunStatus> lives(LeakPlan plan, List<NodeStatus> suspects) {
        List<NodeName> names =
                suspects.stream().map(status -> status.ref().name()).toList();
        Map<NodeName, RunStatus> lives = new HashMap<>();
        for (NodeOwner owner : ActivityStubs.runs(patience.shortCall(), "their owners")
                .owners(plan.file().name(), names)) {
            lives.put(owner.node(), owner.life());
        }
        return lives;
    }

    /** Returns the owner's status; a missing owner counts as unknown to Temporal. */
    private static RunStatus life(Map<NodeName, RunStatus> lives, NodeStatus status) {
        return lives.getOrDefault(status.ref().name(), RunStatus.UNKNOWN);
    }

    private Leak node(LeakPlan plan, NodeStatus status, RunStatus life) {
        String what = "droplet %s (%s)".formatted(status.droplet(), status.ref().name());
        String state = status.state().map(NodeState::word).orElse("without a state");
        String why = "%s since %s, %s".formatted(state, status.since(), owner(life));
        if (!plan.fix()) {
            return Leak.kept(what, why, "remove it with --fix");
        }
        if (life == RunStatus.UNKNOWN && !plan.unknownOwner()) {
            return Leak.kept(what, why, "not removed: add --unknown-owner --reason if no other Temporal owns it");
        }
        return new OrphanRemoval(plan.file(), patience, List.of()).remove(status, life);
    }

    private static String owner(RunStatus life) {
        return switch (life) {
            case OPEN -> "its run is open";
            case CLOSED -> "its run has ended";
            case UNKNOWN -> "Temporal does not know its run";
        };
    }

    private static List<TaggedResource> tags(List<TaggedResource> tagged) {
        Set<String> used = tagged.stream()
                .filter(thing -> thing.kind() != TaggedResource.TaggedKind.RUN_TAG)
                .map(TaggedResource::run)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return tagged.stream()
                .filter(thing -> thing.kind() == TaggedResource.TaggedKind.RUN_TAG)
                .filter(thing -> thing.run().stream().noneMatch(used::contains))
                .toList();
    }

    private Leak tag(LeakPlan plan, TaggedResource tag) {
        String what = "tag %s".formatted(tag.name());
        String why = "no resource carries it";
        if (!plan.fix()) {
            return Leak.kept(what, why, "remove it with --fix");
        }
        return remove(what, why, () -> {
            ActivityStubs.cloud(patience.shortCall(), "delete %s".formatted(tag.name()))
                    .deleteTag(tag.name());
            return "removed";
        });
    }

    private static Leak remove(String what, String why, java.util.function.Supplier<String> removal) {
        try {
            return Leak.removed(what, why, removal.get());
        } catch (TemporalFailure failure) {
            return Leak.kept(what, why, "not removed: " + EndReason.of(failure).sentence());
        }
    }
}
