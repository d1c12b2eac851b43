package dev.sluice.activities.ssh;

import dev.sluice.workflows.model.node.Node;

/** Opens connections to nodes whose identity is proven: by our authority's certificate, or by the pin of first contact. */
public interface NodeShells {
    /** The node's connection; only a host certificate of our authority is accepted. Fails as {@link Shell#run} does. */
    Shell open(Node node);

    /** During first boot: the pinned first-contact key or a certificate of our authority is accepted. */
    Shell openAtFirstBoot(Node node);
}
