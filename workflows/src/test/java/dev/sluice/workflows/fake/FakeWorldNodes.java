package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;

/** What an activity returns that is never heard. */
final class FakeWorldNodes {
    private FakeWorldNodes() {}

    static Node nothing(NodeRef ref) {
        return new Node(ref, new DropletId(1), new Address("10.0.0.1"), new Address("10.0.0.1"));
    }
}
