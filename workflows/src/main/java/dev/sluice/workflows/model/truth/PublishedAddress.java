package dev.sluice.workflows.model.truth;

import dev.sluice.workflows.model.node.NodeName;
import java.util.Optional;

/**
 * One address under the service's name.
 *
 * @param address IPv4 or IPv6
 * @param node whose machine answers there; empty if no known node does
 */
public record PublishedAddress(String address, AddressOwner owner, Optional<NodeName> node) {
    /** Who answers at the address. */
    public enum AddressOwner {
        /** A node of the cluster. */
        NODE,
        /** A machine that the cluster file lists in {@code dns.others}. */
        ANOTHER_HAND,
        UNKNOWN
    }
}
