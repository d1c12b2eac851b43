package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;

/** How a gated node of one role gets into service. */
interface TrafficAdmission {
    /** Begins what can be done beside the machine's first boot, and returns at once. */
    void startDuringBoot(NodeName node);

    /** What has to be possible before the node is marked ready: from then on others may write it down. */
    void prepare(Node node);

    /** Whether the node is in service now; false if it stays ready because its other half is missing. */
    boolean enter(Node node);

    /** Whether a proxy may wait to be finished, as far as entering told. */
    boolean mayHaveUnpublishedProxies();
}
