package dev.sluice.workflows.model.node;

import java.time.Instant;
import java.util.Optional;

/**
 * A node as the cloud shows it now.
 *
 * @param node absent addresses make the node absent: a droplet that is still being made
 * @param state the newest of its state tags; empty if it carries none yet
 * @param template id of the image it was cloned from, by its tag {@code template:<id>}
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
        Instant since) {}
