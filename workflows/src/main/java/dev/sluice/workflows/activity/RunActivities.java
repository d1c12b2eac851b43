package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What Temporal itself knows of our runs. Asks only. */
@ActivityInterface(namePrefix = "Runs.")
public interface RunActivities {
    /** Workflow ids of open {@code node/<cluster>/…} runs of those nodes, but for those of the parent that asks. */
    List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes);

    /**
     * What became of the latest owner of each node: its {@code node/…} run, or a {@code keep/…} run of that name, or for a
     * machine that a template is baked on the {@code bake/…} run that made it. Open if any of them is.
     */
    List<NodeOwner> owners(ClusterName cluster, List<NodeName> nodes);

    /** Open {@code node/…} and {@code keep/…} runs of the cluster. A list, which may lag: for telling, not for removing. */
    List<OpenNodeRun> open(ClusterName cluster);

    /** Workflow ids of the cluster's open runs whose workflow task fails again and again. */
    List<String> stuck(ClusterName cluster);

    /**
     * A node's owner.
     *
     * @param closed when its latest execution ended; empty if it is open or unknown
     * @param firstRun run id of the first execution of that chain, as the run tag names it; empty if it is unknown
     */
    record NodeOwner(
            NodeName node, RunStatus life, String workflowId, Optional<Instant> closed, Optional<String> firstRun) {}

    /** A node's run that goes on. */
    record OpenNodeRun(NodeName node, String workflowId, Instant since) {}

    /** Whether a run is alive. */
    enum RunStatus {
        OPEN,
        CLOSED,
        /** Temporal does not know it: never a reason to remove anything. */
        UNKNOWN
    }
}
