package dev.sluice.worker;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.runbook.Runbooks;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;

/** Registers all workflows and activities of a worker with Temporal. */
final class WorkerRegistration {
    static final int ACTIVITIES_AT_ONCE = 40;
    /** How long the runs of a killed worker wait for it before another worker replays them, after the heartbeat timeout. */
    private static final Duration STICKY = Duration.ofSeconds(1);

    /** Half of the heartbeat timeout: the SDK's default of four fifths would leave a busy worker less than a second. */
    private static final Duration BEATS = Runbooks.HEARTBEAT_TIMEOUT.dividedBy(2);

    private WorkerRegistration() {}

    /** Returns a factory with one worker on Sluice's task queue, not yet started. */
    static WorkerFactory register(WorkflowClient client, List<Object> activities, ActivitySlots slots) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkflowCacheSize(100)
                        .setMaxWorkflowThreadCount(200)
                        .setWorkerInterceptors(slots, new RepeatedRunGuard(client))
                        .build());
        Worker worker = factory.newWorker(
                WorkflowIds.TASK_QUEUE,
                WorkerOptions.newBuilder()
                        .setMaxConcurrentActivityExecutionSize(ACTIVITIES_AT_ONCE)
                        .setAllowActivityHeartbeatDuringShutdown(true)
                        .setMaxHeartbeatThrottleInterval(BEATS)
                        .setStickyQueueScheduleToStartTimeout(STICKY)
                        .build());
        Runbooks.register(worker);
        worker.registerActivitiesImplementations(activities.toArray());
        return factory;
    }
}
