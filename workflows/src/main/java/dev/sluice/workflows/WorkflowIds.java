package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;

/** The workflow IDs and the task queue that CLI and workers share. */
public final class WorkflowIds {
    public static final String TASK_QUEUE = "sluice";

    private WorkflowIds() {}

    /** The ID that is the lock of a role: {@code change/<cluster>/<role>}. */
    public static String change(ClusterName cluster, Role role) {
        return "change/%s/%s".formatted(cluster, role);
    }

    /** The ID of a node's own run: {@code node/<cluster>/<name>}. */
    public static String node(ClusterName cluster, NodeName name) {
        return "node/%s/%s".formatted(cluster, name);
    }

    /** The ID of the run that keeps a failed node: {@code keep/<cluster>/<name>}. */
    public static String keep(ClusterName cluster, NodeName name) {
        return "keep/%s/%s".formatted(cluster, name);
    }

    /** The ID of the run that makes a template: {@code bake/<cluster>/<role>}. */
    public static String bake(ClusterName cluster, Role role) {
        return "bake/%s/%s".formatted(cluster, role);
    }
}
