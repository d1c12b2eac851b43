package dev.sluice.activities.watch;

import dev.sluice.activities.membership.ServiceWatch;
import dev.sluice.activities.node.gate.NodeWatch;
import dev.sluice.workflows.activity.WatchActivities;
import java.util.List;

/** Looks at nodes over SSH, and at the service through its proxies and as a client. */
public final class ClusterWatchActivities implements WatchActivities {
    private final NodeWatch nodes;
    private final ServiceWatch service;

    public ClusterWatchActivities(NodeWatch nodes, ServiceWatch service) {
        this.nodes = nodes;
        this.service = service;
    }

    @Override
    public List<NodeLook> lookAtNodes(NodeLookOrder order) {
        return nodes.look(order);
    }

    @Override
    public ServiceLook lookAtService(ServiceLookOrder order) {
        return service.look(order);
    }
}
