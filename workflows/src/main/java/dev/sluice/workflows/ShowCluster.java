package dev.sluice.workflows;

import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Template;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Instant;
import java.util.List;

/** Reads the world of a cluster as it is now: nodes, members, records, templates. Short; changes nothing. */
@WorkflowInterface
public interface ShowCluster {
    @WorkflowMethod
    ClusterReport run(ClusterFile file);

    /**
     * A cluster as it is now.
     *
     * @param unknown what could not be read, each with the reason
     */
    record ClusterReport(
            Instant at,
            List<NodeStatus> nodes,
            List<ProxyTruth> proxies,
            Records records,
            List<Template> templates,
            List<String> unknown) {
        public ClusterReport {
            nodes = List.copyOf(nodes);
            proxies = List.copyOf(proxies);
            templates = List.copyOf(templates);
            unknown = List.copyOf(unknown);
        }
    }
}
