package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

final class MemoryCloudBackend implements CloudBackend {
    private final Map<NodeName, NodeStatus> nodes = new TreeMap<>();
    private final Set<Ipv4Address> records = new TreeSet<>();
    private int nextId = 1;

    @Override
    public Map<NodeName, NodeStatus> nodes() {
        return nodes;
    }

    @Override
    public Set<Ipv4Address> records() {
        return records;
    }

    @Override
    public NodeStatus put(NodeRef ref, NodeState state) {
        int id = nextId++;
        Node node =
                new Node(ref, new DropletId(id), new Ipv4Address("10.77.0." + id), new Ipv4Address("203.0.113." + id));
        NodeStatus status = new NodeStatus(
                ref,
                node.droplet(),
                Optional.of(node),
                Optional.of(state),
                Optional.of(TestPlans.TEMPLATE.image()),
                true,
                Optional.empty(),
                Instant.EPOCH);
        nodes.put(ref.name(), status);
        return status;
    }
}
