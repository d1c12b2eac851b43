package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeStatus;

/** Takes a node of one role out of traffic. */
interface TrafficRemoval {
    /** Returns when it is confirmed that the node receives no traffic. */
    void leave(NodeStatus node);

    /**
     * Removes an orphaned node from traffic; returns when that is confirmed. The guard counts a node that is marked leaving,
     * since it was in service and may still be.
     */
    void removeOrphan(NodeStatus status, Node node);

    /** Removes what another run may have published for the destroyed node meanwhile. */
    default void afterDestroy(Node destroyed) {}
}
