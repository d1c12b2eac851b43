package dev.sluice.activities.cloud;

import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Role;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tags that change during a node's life: its state, and the cluster file it was last changed by. */
final class Marks {
    private static final int CONFIG_LETTERS = 16;

    private final Cloud cloud;
    private final TaggedFleet fleet;

    Marks(Cloud cloud, TaggedFleet fleet) {
        this.cloud = cloud;
        this.fleet = fleet;
    }

    /** The new tag is put on before the old ones go: a droplet is never without a state. */
    void state(NodeRef node, NodeState state, @Nullable NodeState from) {
        List<Droplet> own = from == null ? justBefore(node, state) : List.of();
        own = own.isEmpty() ? own(node, cloud.named(node.name().value())) : own;
        if (own.isEmpty()) {
            throw Failures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s cannot be marked %s: there is no droplet of that name with the tag %s."
                            .formatted(node.name(), state.word(), Tags.run(node)));
        }
        if (from == null) {
            own.forEach(droplet -> notBeyond(state, droplet));
        } else {
            own.forEach(droplet -> stillIn(from, state, droplet));
        }
        own.forEach(droplet -> state(droplet, state));
    }

    /** A try that was given up, and goes on when another has done it and the run is further, does not take the node back. */
    private static void notBeyond(NodeState state, Droplet droplet) {
        Tags.stateOf(droplet.tags()).filter(state::isBehind).ifPresent(now -> {
            throw Failures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s is %s already: to mark it %s came too late."
                            .formatted(droplet.name(), now.word(), state.word()));
        });
    }

    private static void stillIn(NodeState from, NodeState state, Droplet droplet) {
        Tags.stateOf(droplet.tags()).filter(now -> now != from && now != state).ifPresent(now -> {
            throw Failures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s is %s meanwhile, not %s any more: only its own run marks it now."
                            .formatted(droplet.name(), now.word(), from.word()));
        });
    }

    /** An old list will do if it shows the state before this one: only the node's own run moves it on. */
    private List<Droplet> justBefore(NodeRef node, NodeState state) {
        List<Droplet> own = own(node, fleet.droplets(node.cluster(), Fleet.ONCE));
        boolean known = own.stream().allMatch(droplet -> states(droplet).equals(List.of(state.before())));
        return known ? own : List.of();
    }

    private static List<Droplet> own(NodeRef node, List<Droplet> droplets) {
        return droplets.stream()
                .filter(droplet -> Creation.isOwn(droplet, node))
                .toList();
    }

    private static List<NodeState> states(Droplet droplet) {
        return droplet.tags().stream()
                .flatMap(tag -> NodeState.ofTag(tag).stream())
                .toList();
    }

    void state(Droplet droplet, NodeState state) {
        List<Long> id = List.of(droplet.id());
        if (!droplet.tags().contains(state.tag())) {
            cloud.tag(state.tag(), Cloud.Kind.DROPLET, id);
        }
        droplet.tags().stream()
                .filter(tag -> tag.startsWith("state:") && !tag.equals(state.tag()))
                .sorted()
                .forEach(tag -> cloud.untag(tag, Cloud.Kind.DROPLET, id));
    }

    /** One request for all nodes of the role, and for each other digest that they carry one, and what it takes to forget it. */
    void config(ClusterName cluster, Role role, Digest config) {
        String tag = Tags.CONFIG + config.value().substring(0, CONFIG_LETTERS);
        List<Droplet> nodes = cloud.tagged(Tags.cluster(cluster)).stream()
                .filter(droplet -> droplet.tags().containsAll(List.of(Tags.SLUICE, Tags.role(role))))
                .toList();
        List<Long> without = nodes.stream()
                .filter(droplet -> !droplet.tags().contains(tag))
                .map(Droplet::id)
                .toList();
        if (!without.isEmpty()) {
            cloud.tag(tag, Cloud.Kind.DROPLET, without);
        }
        Map<String, List<Long>> others = configs(nodes);
        others.remove(tag);
        others.forEach((old, ids) -> cloud.untag(old, Cloud.Kind.DROPLET, ids));
        others.keySet().forEach(this::forget);
    }

    /** The tags of cluster files that these carry, and which of them carries it. */
    static Map<String, List<Long>> configs(Collection<Droplet> nodes) {
        Map<String, List<Long>> configs = new TreeMap<>();
        for (Droplet node : nodes) {
            node.tags().stream()
                    .filter(tag -> tag.startsWith(Tags.CONFIG))
                    .forEach(tag -> configs.computeIfAbsent(tag, unused -> new ArrayList<>())
                            .add(node.id()));
        }
        return configs;
    }

    /** Deletes a tag of one thing (a run, a cluster file) if nothing carries it any more. */
    void forget(String tag) {
        if (cloud.tagCount(tag).filter(count -> count.carriers() == 0).isPresent()) {
            cloud.deleteTag(tag);
        }
    }
}
