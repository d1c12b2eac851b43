package dev.sluice.workflows;

import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.workflow.QueryMethod;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps a failed node for inspection, powered on and out of traffic, then destroys it. Its ID is
 * {@code keep/<cluster>/<name>}; cancelling it destroys the node at once.
 */
@WorkflowInterface
public interface KeepNode {
    @WorkflowMethod
    NodeReport run(KeepPlan plan);

    @QueryMethod
    NodeReport report();

    /**
     * The node, the time, and the sentence why it failed.
     *
     * @param notices the webhook that is notified if the node cannot be destroyed
     */
    record KeepPlan(NodeRef node, Duration time, String why, Optional<NotificationSettings> notices) {}
}
