package dev.sluice.workflows.model.node;

import java.time.Instant;
import java.util.Optional;

/**
 * The current state of a node in the cloud.
 *
 * @param node empty while the droplet has no addresses
 * @param state the newest of its state tags; empty if it has none yet
 * @param template ID of the image it was cloned from, by its tag {@code template:<id>}
 * @param powered whether the droplet is on
 * @param config digest prefix of the cluster file of the last change, by its tag {@code config:<hex>}
 */
public record NodeStatus(
        NodeRef ref,
        DropletId droplet,
        Optional<Node> node,
        Optional<NodeState> state,
        Optional<Long> template,
        boolean powered,
        Optional<String> config,
        Instant since) {
    public boolean isIn(NodeState expected) {
        return state.equals(Optional.of(expected));
    }
}
