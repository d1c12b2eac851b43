package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /**
     * The filter of Temporal's lists for runs of a cluster: by their search attribute, or by an ID that is a lock. A run that
     * another tool started has no attribute, and holds the lock all the same.
     */
    public static String filter(ClusterName cluster) {
        String locks = Arrays.stream(Role.values())
                .flatMap(role -> Stream.of(change(cluster, role), bake(cluster, role)))
                .map("'%s'"::formatted)
                .collect(Collectors.joining(", "));
        return "(SluiceCluster = '%s' OR WorkflowId IN (%s))".formatted(cluster, locks);
    }
}
