package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The place of a world's droplets, tags and records: the world itself, or a cloud behind an API. */
public interface CloudBackend {
    /** Returns the current nodes. */
    Map<NodeName, NodeStatus> nodes();

    /** Returns the currently published addresses. */
    Set<Ipv4Address> records();

    /** Adds a node without a run of its own. */
    NodeStatus put(NodeRef ref, NodeState state);

    /** Enables the faults. */
    default void breaks() {}

    /** Disables the faults, and applies late effects. */
    default void heals() {}

    /** Returns resources that should have been removed with their node or its last state. */
    default List<String> leftovers() {
        return List.of();
    }

    /** Returns the backend in the world itself. */
    static CloudBackend inMemory() {
        return new MemoryCloudBackend();
    }
}
