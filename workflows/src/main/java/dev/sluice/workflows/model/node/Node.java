package dev.sluice.workflows.model.node;

import dev.sluice.workflows.model.cluster.Role;

/** A machine of ours, once the cloud has given it its addresses. */
public record Node(NodeRef ref, DropletId droplet, Ipv4Address privateAddress, Ipv4Address publicAddress) {
    public NodeName name() {
        return ref.name();
    }

    public Role role() {
        return ref.role();
    }
}
