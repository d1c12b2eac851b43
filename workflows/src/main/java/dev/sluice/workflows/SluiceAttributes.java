package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeRef;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import java.time.OffsetDateTime;
import java.util.List;

/** The search attributes by which lists of runs find a run. */
public final class SluiceAttributes {
    public static final SearchAttributeKey<String> CLUSTER = SearchAttributeKey.forKeyword("SluiceCluster");
    public static final SearchAttributeKey<String> ROLE = SearchAttributeKey.forKeyword("SluiceRole");
    public static final SearchAttributeKey<String> NODE = SearchAttributeKey.forKeyword("SluiceNode");
    public static final SearchAttributeKey<String> PHASE = SearchAttributeKey.forKeyword("SluicePhase");
    public static final SearchAttributeKey<OffsetDateTime> EXPIRES_AT =
            SearchAttributeKey.forOffsetDateTime("SluiceExpiresAt");

    public static final List<SearchAttributeKey<?>> ALL = List.of(CLUSTER, ROLE, NODE, PHASE, EXPIRES_AT);

    private SluiceAttributes() {}

    public static SearchAttributes.Builder of(ClusterName cluster) {
        return SearchAttributes.newBuilder().set(CLUSTER, cluster.value());
    }

    public static SearchAttributes.Builder of(NodeRef node) {
        return of(node.cluster())
                .set(ROLE, node.role().word())
                .set(NODE, node.name().value());
    }
}
