package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.NodeStatus;

/** How a node of one role gets out of traffic. */
interface Exit {
    /** Returns when it is confirmed that nothing sends the node anything any more. */
    void leave(NodeStatus node);
}
