package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeStatus;

/** How a node of one role gets out of traffic. */
public interface TrafficRemoval {
    /** Returns when it is confirmed that nothing sends the node anything any more. */
    void leave(NodeStatus node);

    /** Removes an orphaned node from traffic without a guard; returns when that is confirmed. */
    void removeOrphan(Node node);

    /** The node is destroyed: what another run may have done for it since it left goes, too. */
    default void afterDestroy(Node destroyed) {}
}
