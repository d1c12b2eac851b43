package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;

/** Puts a gated node of one role into service. */
interface TrafficAdmission {
    /** Starts the work that can run during first boot, and returns at once. */
    void startDuringBoot(NodeName node);

    /** Prepares the admission before the node is marked ready: from then on other runs may adopt it. */
    void prepare(Node node);

    /** Puts the node into service; returns false if it stays ready because its other half is missing. */
    boolean enter(Node node);

    /** Whether a proxy may wait to be published, as far as {@link #enter} found. */
    boolean mayHaveUnpublishedProxies();
}
