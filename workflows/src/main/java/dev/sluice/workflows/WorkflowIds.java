package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.common.SearchAttributeKey;
import java.time.OffsetDateTime;
import java.util.List;

/** The names that CLI, workers and Temporal share: workflow ids, task queue, search attributes. */
public final class WorkflowIds {
    public static final String TASK_QUEUE = "sluice";

    public static final SearchAttributeKey<String> CLUSTER = SearchAttributeKey.forKeyword("SluiceCluster");
    public static final SearchAttributeKey<String> ROLE = SearchAttributeKey.forKeyword("SluiceRole");
    public static final SearchAttributeKey<String> NODE = SearchAttributeKey.forKeyword("SluiceNode");
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("SluicePhase");
    public static final SearchAttributeKey<OffsetDateTime> EXPIRES_AT =
            SearchAttributeKey.forOffsetDateTime("SluiceExpiresAt");

    public static final List<SearchAttributeKey<?>> SEARCH_ATTRIBUTES = List.of(CLUSTER, ROLE, NODE, PHASE, EXPIRES_AT);

    private WorkflowIds() {}

    /** The lock of a role: {@code change/<cluster>/<role>}. */
    public static String change(ClusterName cluster, Role role) {
        return "change/%s/%s".formatted(cluster, role);
    }

    /** A node's own run: {@code node/<cluster>/<name>}. */
    public static String node(ClusterName cluster, NodeName name) {
        return "node/%s/%s".formatted(cluster, name);
    }

    /** The keeping of a failed node: {@code keep/<cluster>/<name>}. */
    public static String keep(ClusterName cluster, NodeName name) {
        return "keep/%s/%s".formatted(cluster, name);
    }

    /** The making of a template: {@code bake/<cluster>/<role>}. */
    public static String bake(ClusterName cluster, Role role) {
        return "bake/%s/%s".formatted(cluster, role);
    }
}
