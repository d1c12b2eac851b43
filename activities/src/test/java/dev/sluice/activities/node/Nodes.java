package dev.sluice.activities.node;

import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.Role;

/** Nodes for tests. */
final class Nodes {
    private Nodes() {}

    static Node node(String name, int number) {
        return new Node(
                new NodeRef(new ClusterName("hello"), Role.APP, new NodeName(name), "run"),
                new DropletId(number),
                new Address("10.0.0." + number),
                new Address("198.18.0." + number));
    }
}
