package dev.sluice.activities.cloud;

import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeStatus;
import java.util.List;

/** The nodes of a cluster as the cloud shows them, for other activities of the same worker. */
public interface Fleet {
    /** All nodes of the cluster; one list-by-tag request. {@code fresh} asks anew, else an answer up to a second old may do. */
    List<NodeStatus> nodes(ClusterName cluster, boolean fresh);
}
