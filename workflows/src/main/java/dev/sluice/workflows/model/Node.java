package dev.sluice.workflows.model;

/** A machine of ours, once the cloud has given it its addresses. */
public record Node(NodeRef ref, DropletId droplet, Address privateAddress, Address publicAddress) {
    public NodeName name() {
        return ref.name();
    }

    public Role role() {
        return ref.role();
    }
}
