package dev.sluice.activities.cloud;

import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Role;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The nodes of each cluster by tag. All who wait for a cluster's droplets share one list. */
final class TaggedFleet implements Fleet {
    /** Another hand may have given our tags to a droplet whose name no node can have. */
    private static final String NAME = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    private final Cloud cloud;
    private final Clock clock;
    private final Map<ClusterName, Shared<List<Droplet>>> lists = new ConcurrentHashMap<>();

    TaggedFleet(Cloud cloud, Clock clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    @Override
    public List<NodeStatus> nodes(ClusterName cluster, Duration age) {
        try {
            return droplets(cluster, age).stream()
                    .flatMap(droplet -> status(droplet).stream())
                    .sorted(Comparator.comparing(status -> status.ref().name()))
                    .toList();
        } catch (CloudFailure failure) {
            throw failure.typed();
        }
    }

    /** All droplets of the cluster as they were at most so long ago. */
    List<Droplet> droplets(ClusterName cluster, Duration age) {
        return lists.computeIfAbsent(cluster, this::list).asOf(age);
    }

    private Shared<List<Droplet>> list(ClusterName cluster) {
        return new Shared<>(clock, () -> cloud.tagged(Tags.cluster(cluster)));
    }

    static Optional<NodeStatus> status(Droplet droplet) {
        Optional<ClusterName> cluster = Tags.clusterOf(droplet.tags());
        Optional<Role> role = Tags.roleOf(droplet.tags());
        boolean ours = droplet.tags().contains(Tags.SLUICE) && droplet.name().matches(NAME);
        if (cluster.isEmpty() || role.isEmpty() || !ours) {
            return Optional.empty();
        }
        NodeRef ref = new NodeRef(
                cluster.get(),
                role.get(),
                new NodeName(droplet.name()),
                Tags.value(droplet.tags(), Tags.RUN).orElse(""));
        return Optional.of(new NodeStatus(
                ref,
                new DropletId(droplet.id()),
                node(ref, droplet),
                Tags.stateOf(droplet.tags()),
                Tags.templateOf(droplet.tags()),
                droplet.is("active"),
                Tags.value(droplet.tags(), Tags.CONFIG),
                droplet.created()));
    }

    static Optional<Node> node(NodeRef ref, Droplet droplet) {
        return droplet.privateAddress()
                .flatMap(inside -> droplet.publicAddress()
                        .map(outside -> new Node(ref, new DropletId(droplet.id()), inside, outside)));
    }
}
