package dev.sluice.acceptance.harness;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Finds the worker that carries out a run, from what Temporal records. */
public record BusyWorkers(LabEnvironment world) {
    /** Runs in parallel with the wanted step. */
    private static final String ASIDE = "Proxy.MakeRoom";

    /** The pid of the worker that carries out an activity of the run's current step; waits for one. */
    public long awaitWorkerOn(String run) {
        List<Long> pids = new ArrayList<>();
        LabEnvironment.awaitTrue("a worker is busy with " + run, Duration.ofSeconds(30), () -> {
            pids.addAll(pids(run));
            return !pids.isEmpty();
        });
        return pids.get(0);
    }

    /** A worker's identity is {@code sluice-worker VERSION PID@HOST}. */
    private List<Long> pids(String run) {
        return world
                .temporal()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(run))
                        .build())
                .getPendingActivitiesList()
                .stream()
                .filter(activity -> activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
                .filter(activity -> !activity.getActivityType().getName().equals(ASIDE))
                .map(PendingActivityInfo::getLastWorkerIdentity)
                .map(identity -> Long.valueOf(identity.replaceAll("@.*", "").replaceAll(".* ", "")))
                .toList();
    }
}
