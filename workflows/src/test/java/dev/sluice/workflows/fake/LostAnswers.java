package dev.sluice.workflows.fake;

import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;

/** The result of an activity whose response is lost. */
final class LostAnswers {
    private LostAnswers() {}

    static Node nothing(NodeRef ref) {
        return new Node(ref, new DropletId(1), new Ipv4Address("10.0.0.1"), new Ipv4Address("10.0.0.1"));
    }
}
