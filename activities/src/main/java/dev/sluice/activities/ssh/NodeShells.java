package dev.sluice.activities.ssh;

import dev.sluice.workflows.model.node.Node;

/** Opens connections to nodes with a proven identity: by the authority's certificate, or by the pin of first contact. */
public interface NodeShells {
    /** Opens the node's connection and accepts only a host certificate of the authority. Fails as {@link Shell#run} does. */
    Shell open(Node node);

    /** Opens a connection during first boot, which accepts the pinned first-contact key or a certificate of the authority. */
    Shell openAtFirstBoot(Node node);

    /** The same over a new connection, if one is kept: proves that the node still lets the workers in. */
    default Shell reconnectAtFirstBoot(Node node) {
        return openAtFirstBoot(node);
    }
}
