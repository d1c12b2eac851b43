package dev.sluice.workflows.model.node;

import dev.sluice.workflows.model.cluster.Role;

/** A node whose droplet has its addresses. */
public record Node(NodeRef ref, DropletId droplet, Ipv4Address privateAddress, Ipv4Address publicAddress) {
    public NodeName name() {
        return ref.name();
    }

    public Role role() {
        return ref.role();
    }
}
