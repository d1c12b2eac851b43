package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeStatus;
import java.time.Duration;
import java.util.List;

/** Lists the nodes of a cluster for other activities of the same worker. */
public interface ClusterNodes {
    /** For values that never change, such as the address of a node. */
    Duration ONCE = Duration.ofMinutes(10);

    /** For a list that is requested again after a write. */
    Duration LATELY = Duration.ofSeconds(15);

    /** For an answer to a request that is sent after the call; concurrent callers share it. */
    Duration NOW = Duration.ZERO;

    /** All nodes of the cluster, from a list by tag of at most that age, which callers share. */
    List<NodeStatus> nodes(ClusterName cluster, Duration age);
}
