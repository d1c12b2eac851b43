package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

final class SmallGround implements Ground {
    private final Map<NodeName, NodeStatus> nodes = new TreeMap<>();
    private final Set<Address> records = new TreeSet<>();
    private int nextId = 1;

    @Override
    public Map<NodeName, NodeStatus> nodes() {
        return nodes;
    }

    @Override
    public Set<Address> records() {
        return records;
    }

    @Override
    public NodeStatus put(NodeRef ref, NodeState state) {
        int id = nextId++;
        Node node = new Node(ref, new DropletId(id), new Address("10.77.0." + id), new Address("203.0.113." + id));
        NodeStatus status = new NodeStatus(
                ref,
                node.droplet(),
                Optional.of(node),
                Optional.of(state),
                Optional.of(Plans.TEMPLATE.image()),
                true,
                Optional.empty(),
                Instant.EPOCH);
        nodes.put(ref.name(), status);
        return status;
    }
}
