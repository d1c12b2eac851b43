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
 * Keeps a failed node, powered on and out of traffic, for somebody to look at; then destroys it. Its id is
 * {@code keep/<cluster>/<name>}; cancelling it destroys the node at once.
 */
@WorkflowInterface
public interface KeepNode {
    @WorkflowMethod
    NodeReport run(KeepPlan plan);

    @QueryMethod
    NodeReport report();

    /**
     * Which node, for how long, and the sentence that says why it failed.
     *
     * @param notices who is told if it cannot be destroyed
     */
    record KeepPlan(NodeRef node, Duration time, String why, Optional<NotificationSettings> notices) {}
}
