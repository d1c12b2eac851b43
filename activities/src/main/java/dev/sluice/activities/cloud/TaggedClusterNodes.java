package dev.sluice.activities.cloud;

import dev.sluice.activities.cloud.api.CloudApi;
import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.CloudDroplet;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Lists the nodes of each cluster by tag. Steps that wait for droplets of one cluster share one list. */
final class TaggedClusterNodes implements ClusterNodes {
    /** A manual change may have put the tags on a droplet whose name no node can have. */
    private static final String NAME = "[a-z]([a-z0-9-]{0,61}[a-z0-9])?";

    private final CloudApi cloud;
    private final Clock clock;
    private final Map<ClusterName, CoalescedRequest<List<CloudDroplet>>> lists = new ConcurrentHashMap<>();

    TaggedClusterNodes(CloudApi cloud, Clock clock) {
        this.cloud = cloud;
        this.clock = clock;
    }

    @Override
    public List<NodeStatus> nodes(ClusterName cluster, Duration age) {
        return CloudApiException.typed(() -> droplets(cluster, age).stream()
                .flatMap(droplet -> status(droplet).stream())
                .sorted(Comparator.comparing((NodeStatus status) -> status.ref().name())
                        .thenComparing(TaggedClusterNodes::isDeploying))
                .toList());
    }

    /** Of two droplets of one name, one that is further comes first: a late create made the one that is deploying. */
    private static boolean isDeploying(NodeStatus status) {
        return status.isIn(NodeState.DEPLOYING);
    }

    /** All droplets of the cluster, from a list of at most that age. */
    List<CloudDroplet> droplets(ClusterName cluster, Duration age) {
        return lists.computeIfAbsent(cluster, this::list).asOf(age);
    }

    private CoalescedRequest<List<CloudDroplet>> list(ClusterName cluster) {
        return new CoalescedRequest<>(clock, () -> cloud.findByTag(SluiceTags.cluster(cluster)));
    }

    static Optional<NodeStatus> status(CloudDroplet droplet) {
        Optional<ClusterName> cluster = SluiceTags.clusterOf(droplet.tags());
        Optional<Role> role = SluiceTags.roleOf(droplet.tags());
        boolean ours =
                droplet.tags().contains(SluiceTags.SLUICE) && droplet.name().matches(NAME);
        if (cluster.isEmpty() || role.isEmpty() || !ours) {
            return Optional.empty();
        }
        NodeRef ref = new NodeRef(
                cluster.get(),
                role.get(),
                new NodeName(droplet.name()),
                SluiceTags.value(droplet.tags(), SluiceTags.RUN).orElse(""));
        return Optional.of(new NodeStatus(
                ref,
                new DropletId(droplet.id()),
                node(ref, droplet),
                SluiceTags.stateOf(droplet.tags()),
                SluiceTags.templateOf(droplet.tags()),
                droplet.is("active"),
                SluiceTags.value(droplet.tags(), SluiceTags.CONFIG),
                droplet.created()));
    }

    static Optional<Node> node(NodeRef ref, CloudDroplet droplet) {
        return droplet.privateAddress()
                .flatMap(inside -> droplet.publicAddress()
                        .map(outside -> new Node(ref, new DropletId(droplet.id()), inside, outside)));
    }
}
