package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.activity.ActivityInterface;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sluice's runs as Temporal lists them. Changes nothing. */
@ActivityInterface(namePrefix = "Runs.")
public interface RunActivities {
    /** Returns IDs of open {@code node/<cluster>/…} runs of those nodes, except children of the calling run. */
    List<String> openNodes(ClusterName cluster, Role role, List<NodeName> nodes);

    /**
     * Returns the status of each node's latest owner: its {@code node/…} run, or a {@code keep/…} run of that name, or
     * for a droplet that a template is baked on the {@code bake/…} run that made it. Open if any of them is open.
     */
    List<NodeOwner> owners(ClusterName cluster, List<NodeName> nodes);

    /** Returns the cluster's open {@code node/…} and {@code keep/…} runs. The list may lag: for reports only. */
    List<OpenNodeRun> open(ClusterName cluster);

    /** Returns workflow IDs of the cluster's stuck runs, whose workflow task fails repeatedly. */
    List<String> stuck(ClusterName cluster);

    /** Returns the approval that the change has recorded for that plan; empty if there is none. */
    Optional<Approval> approval(String change, Sha256Digest plan);

    /**
     * A node's owner.
     *
     * @param closed when its latest execution ended; empty if it is open or unknown
     * @param firstRun run ID of the first execution of that chain, as in the run tag; empty if unknown
     */
    record NodeOwner(
            NodeName node, RunStatus life, String workflowId, Optional<Instant> closed, Optional<String> firstRun) {}

    /** A node's open run. */
    record OpenNodeRun(NodeName node, String workflowId, Instant since) {}

    /** Whether a run is open. */
    enum RunStatus {
        OPEN,
        CLOSED,
        /** Temporal does not know it: never a reason to remove anything. */
        UNKNOWN
    }
}
