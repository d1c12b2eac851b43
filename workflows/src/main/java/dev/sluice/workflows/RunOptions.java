package dev.sluice.workflows;

import io.temporal.client.WorkflowOptions;
import io.temporal.workflow.ChildWorkflowOptions;
import java.time.Duration;

/** Options that every run is started with. */
public final class RunOptions {
    /**
     * Timeout of a workflow task, after which another worker receives it: half of what a killed worker may cost, where
     * Temporal's default is 10 s. A workflow task takes milliseconds, the replay of a long history a second.
     */
    public static final Duration DECISION = Duration.ofSeconds(5);

    private RunOptions() {}

    public static WorkflowOptions.Builder of(String id) {
        return WorkflowOptions.newBuilder()
                .setWorkflowId(id)
                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                .setWorkflowTaskTimeout(DECISION);
    }

    /** Returns the options of a child run, which inherits the task queue only. */
    public static ChildWorkflowOptions.Builder child(String id) {
        return ChildWorkflowOptions.newBuilder().setWorkflowId(id).setWorkflowTaskTimeout(DECISION);
    }
}
