package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeStatus;

/** How a node of one role gets out of traffic. */
interface Exit {
    /** Returns when it is confirmed that nothing sends the node anything any more. */
    void leave(NodeStatus node);

    /** The node is destroyed: what another run may have done for it since it left goes, too. */
    default void afterwards(Node destroyed) {}
}
