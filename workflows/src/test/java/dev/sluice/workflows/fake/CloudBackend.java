package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the droplets, tags and records of a world are: in the world itself, or in a cloud behind an API. */
public interface CloudBackend {
    /** The nodes there are, whenever it is looked at. */
    Map<NodeName, NodeStatus> nodes();

    /** The published addresses, whenever it is looked at. */
    Set<Ipv4Address> records();

    /** A node is there, without any run of its own. */
    NodeStatus put(NodeRef ref, NodeState state);

    /** From here on it breaks what it has to break. */
    default void breaks() {}

    /** From here on nothing breaks, and what was late has come. */
    default void heals() {}

    /** What should have gone with its node or its last state, but is still there. */
    default List<String> leftovers() {
        return List.of();
    }

    /** One in the world itself. */
    static CloudBackend inMemory() {
        return new MemoryCloudBackend();
    }
}
