package dev.sluice.workflows;

import io.temporal.client.WorkflowOptions;
import io.temporal.workflow.ChildWorkflowOptions;
import java.time.Duration;

/** How every run is started, whoever starts it. */
public final class RunOptions {
    /**
     * After so long another worker gets a decision that one has taken and not given: half of what a killed worker may
     * cost, where Temporal's default is 10 s. Deciding takes milliseconds, reading a long history anew a second.
     */
    public static final Duration DECISION = Duration.ofSeconds(5);

    private RunOptions() {}

    /** A run of its own. */
    public static WorkflowOptions.Builder of(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                .setWorkflowTaskTimeout(DECISION);
    }

    /** A run that another one starts; nothing of this is inherited but the queue. */
    public static ChildWorkflowOptions.Builder child(String id) {
        return ChildWorkflowOptions.newBuilder().setWorkflowId(id).setWorkflowTaskTimeout(DECISION);
    }
}
