package dev.sluice.activities.node.gate;

import dev.sluice.activities.ssh.NodeShells;
import dev.sluice.activities.ssh.Shell;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;

/** Nodes for tests. */
public final class NodeFixtures {
    private NodeFixtures() {}

    public static Node node(String name, int number) {
        return new Node(
                new NodeRef(new ClusterName("hello"), Role.APP, new NodeName(name), "run"),
                new DropletId(number),
                new Ipv4Address("10.0.0." + number),
                new Ipv4Address("198.18.0." + number));
    }

    /** That shell is every node's. */
    public static NodeShells reachedBy(Shell shell) {
        return new NodeShells() {
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
