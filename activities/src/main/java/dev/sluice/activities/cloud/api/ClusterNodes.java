package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Duration;
import java.util.List;

/** The nodes of a cluster as the cloud shows them, for other activities of the same worker. */
public interface ClusterNodes {
    /** For what never changes once it was seen, such as the address of the node of a name. */
    Duration ONCE = Duration.ofMinutes(10);

    /** For what is asked anew after a write anyway. */
    Duration LATELY = Duration.ofSeconds(15);

    /** An answer to a request that was sent after the question; all who ask meanwhile share it. */
    Duration NOW = Duration.ZERO;

    /** All nodes of the cluster as they were at most so long ago, by one list-by-tag request that many callers share. */
    List<NodeStatus> nodes(ClusterName cluster, Duration age);
}
