package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.Role;
import io.temporal.activity.ActivityInterface;
import java.util.List;

/** What Temporal itself knows of our runs. Asks only. */
@ActivityInterface(namePrefix = "Runs.")
public interface RunActivities {
    /** Workflow ids of open {@code node/<cluster>/…} runs of those nodes, but for those of the parent that asks. */
    List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes);

    /**
     * What became of the latest owner of each node: its {@code node/…} run, or a {@code keep/…} run of that name, or for a
     * machine that a template is baked on the {@code bake/…} run that made it. Open if any of them is.
     */
    List<Owner> owners(ClusterName cluster, List<NodeName> nodes);

    /** Workflow ids of the cluster's open runs whose workflow task fails again and again. */
    List<String> stuck(ClusterName cluster);

    /** A node's owner. */
    record Owner(NodeName node, Life life, String workflowId) {}

    /** Whether a run is alive. */
    enum Life {
        OPEN,
        CLOSED,
        /** Temporal does not know it: never a reason to remove anything. */
        UNKNOWN
    }
}
