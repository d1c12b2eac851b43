package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Sets the tags that change during a node's life: its state and the digest of its cluster file. */
final class StateTags {
    private static final int CONFIG_LETTERS = 16;

    private final CloudApi cloud;
    private final TaggedClusterNodes fleet;

    StateTags(CloudApi cloud, TaggedClusterNodes fleet) {
        this.cloud = cloud;
        this.fleet = fleet;
    }

    /** Attaches the new tag before it removes the old ones, so that a droplet always has a state. */
    void setState(NodeRef node, NodeState state, @Nullable NodeState from) {
        List<CloudDroplet> own = from == null ? justBefore(node, state) : List.of();
        own = own.isEmpty() ? own(node, cloud.findByName(node.name().value())) : own;
        if (own.isEmpty()) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s cannot be marked %s: no droplet of that name has the tag %s"
                            .formatted(node.name(), state.word(), SluiceTags.run(node)));
        }
        if (from == null) {
            own.forEach(droplet -> requireNotBeyond(state, droplet));
        } else {
            own.forEach(droplet -> requireStillIn(from, state, droplet));
        }
        withoutDoubles(own, state).forEach(droplet -> setState(droplet, state));
    }

    /** A create that took effect late made a second droplet, still deploying, of a node that is further: it never serves. */
    private static List<CloudDroplet> withoutDoubles(List<CloudDroplet> own, NodeState state) {
        List<CloudDroplet> further = own.stream()
                .filter(droplet -> SluiceTags.stateOf(droplet.tags())
                        .filter(NodeState.DEPLOYING::isBehind)
                        .isPresent())
                .toList();
        return further.isEmpty() || state == NodeState.LEAVING ? own : further;
    }

    /** Fails if the node has passed the state, so that a timed-out attempt never sets a node back. */
    private static void requireNotBeyond(NodeState state, CloudDroplet droplet) {
        SluiceTags.stateOf(droplet.tags()).filter(state::isBehind).ifPresent(now -> {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s is %s already: the mark %s is too late".formatted(droplet.name(), now.word(), state.word()));
        });
    }

    private static void requireStillIn(NodeState from, NodeState state, CloudDroplet droplet) {
        SluiceTags.stateOf(droplet.tags())
                .filter(now -> now != from && now != state)
                .ifPresent(now -> {
                    throw TypedFailures.of(
                            FailureType.CLOUD_REFUSED,
                            "%s is now %s, expected %s: only its own run changes its state"
                                    .formatted(droplet.name(), now.word(), from.word()));
                });
    }

    /** Uses an old list if it shows the state before this one: only the node's own run changes the state. */
    private List<CloudDroplet> justBefore(NodeRef node, NodeState state) {
        List<CloudDroplet> own = own(node, fleet.droplets(node.cluster(), ClusterNodes.ONCE));
        boolean known = own.stream().allMatch(droplet -> states(droplet).equals(List.of(state.previous())));
        return known ? own : List.of();
    }

    private static List<CloudDroplet> own(NodeRef node, List<CloudDroplet> droplets) {
        return droplets.stream()
                .filter(droplet -> DropletCreation.isOwn(droplet, node))
                .toList();
    }

    private static List<NodeState> states(CloudDroplet droplet) {
        return droplet.tags().stream()
                .flatMap(tag -> NodeState.ofTag(tag).stream())
                .toList();
    }

    void setState(CloudDroplet droplet, NodeState state) {
        List<Long> id = List.of(droplet.id());
        if (!droplet.tags().contains(state.tag())) {
            cloud.tag(state.tag(), CloudApi.ResourceKind.DROPLET, id);
        }
        droplet.tags().stream()
                .filter(tag -> tag.startsWith("state:") && !tag.equals(state.tag()))
                .sorted()
                .forEach(tag -> cloud.untag(tag, CloudApi.ResourceKind.DROPLET, id));
    }

    /** Tags all nodes of the role by one request, removes other digests by one request each, and deletes unused tags. */
    void setConfig(ClusterName cluster, Role role, Sha256Digest config) {
        String tag = SluiceTags.CONFIG + config.value().substring(0, CONFIG_LETTERS);
        List<CloudDroplet> nodes = cloud.findByTag(SluiceTags.cluster(cluster)).stream()
                .filter(droplet -> droplet.tags().containsAll(List.of(SluiceTags.SLUICE, SluiceTags.role(role))))
                .toList();
        List<Long> without = nodes.stream()
                .filter(droplet -> !droplet.tags().contains(tag))
                .map(CloudDroplet::id)
                .toList();
        if (!without.isEmpty()) {
            cloud.tag(tag, CloudApi.ResourceKind.DROPLET, without);
        }
        Map<String, List<Long>> others = configs(nodes);
        others.remove(tag);
        others.forEach((old, ids) -> cloud.untag(old, CloudApi.ResourceKind.DROPLET, ids));
        others.keySet().forEach(this::forget);
    }

    /** Maps each tag of a cluster file to the IDs of the droplets that have it. */
    static Map<String, List<Long>> configs(Collection<CloudDroplet> nodes) {
        Map<String, List<Long>> configs = new TreeMap<>();
        for (CloudDroplet node : nodes) {
            node.tags().stream()
                    .filter(tag -> tag.startsWith(SluiceTags.CONFIG))
                    .forEach(tag -> configs.computeIfAbsent(tag, unused -> new ArrayList<>())
                            .add(node.id()));
        }
        return configs;
    }

    /** Deletes a tag of one run or cluster file if no resource has it. */
    void forget(String tag) {
        if (cloud.tagCount(tag).filter(count -> count.carriers() == 0).isPresent()) {
            cloud.deleteTag(tag);
        }
    }
}
