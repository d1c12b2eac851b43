package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.node.NodeRef;

/** Creates the user data of a new machine, at most 64 KiB, on the worker, so that no history holds them. */
public interface UserData {
    String create(NodeRef node);
}
