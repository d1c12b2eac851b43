package dev.sluice.activities.node;

import dev.sluice.activities.ssh.Shell;
import dev.sluice.activities.ssh.Shells;
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

    /** That shell is every node's. */
    static Shells reachedBy(Shell shell) {
        return new Shells() {
            @Override
            public Shell open(Node node) {
                return shell;
            }

            @Override
            public Shell openAtFirstBoot(Node node) {
                throw new AssertionError("A node in service proves itself by its certificate");
            }
        };
    }
}
