package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.node.NodeRef;

/** What a new machine gets for its first boot, at most 64 KiB; it is made on the worker and stands in no history. */
public interface UserData {
    String create(NodeRef node);
}
