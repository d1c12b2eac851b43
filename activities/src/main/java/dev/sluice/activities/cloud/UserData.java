package dev.sluice.activities.cloud;

import dev.sluice.workflows.model.NodeRef;

/** What a new machine gets for its first boot, at most 64 KiB; it is made on the worker and stands in no history. */
public interface UserData {
    String of(NodeRef node);
}
