package dev.sluice.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.Sweep.SweepReport;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.schedule.ClusterSchedules;
import dev.sluice.workflows.schedule.ScheduledRunbook;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.history.v1.ActivityTaskCompletedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.TerminateWorkflowExecutionResponse;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionMetadata;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Temporal's server as its operator sees it: process, database and runs. */
public final class TemporalServer {
    private static final ClusterName HELLO = new ClusterName("hello");

    private final LabEnvironment world;

    public TemporalServer(LabEnvironment world) {
        this.world = world;
    }

    /** Kills the server, as a power cut would. */
    public void kill() {
        try {
            Path file = SluiceProcess.runDirectory().resolve("temporal.pid");
            long pid = Long.parseLong(Files.readString(file).strip());
            ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
            assertThat(process.destroyForcibly()).isTrue();
            LabEnvironment.awaitTrue("process " + pid + " is gone", Duration.ofSeconds(5), () -> !process.isAlive());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Restarts the server at the address that its clients use. */
    public void startAgain() {
        world.requireSuccess(SluiceProcess.runSluice("temporal", "up"));
    }

    /** Removes the database of a server that is down. */
    public void loseDatabase() {
        try (Stream<Path> files = Files.list(SluiceProcess.runDirectory())) {
            List<Path> database = files.filter(
                            file -> file.getFileName().toString().startsWith("temporal.db"))
                    .toList();
            assertThat(database).isNotEmpty();
            for (Path file : database) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private WorkflowClient client() {
        return WorkflowClient.newInstance(
                world.temporal(),
                WorkflowClientOptions.newBuilder()
                        .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                        .build());
    }

    /** Executions that match the query, the newest first. */
    public List<WorkflowExecutionMetadata> runs(String query) {
        try (Stream<WorkflowExecutionMetadata> found = client().listExecutions(query)) {
            return found.toList();
        }
    }

    /** The identities of the workers that completed such an activity of a run. */
    public List<String> finishers(String activity, String run) {
        List<HistoryEvent> events = client().fetchHistory(run).getEvents();
        return events.stream()
                .filter(HistoryEvent::hasActivityTaskCompletedEventAttributes)
                .map(HistoryEvent::getActivityTaskCompletedEventAttributes)
                .filter(done -> scheduledActivityType(events, done.getScheduledEventId())
                        .equals(activity))
                .map(ActivityTaskCompletedEventAttributes::getIdentity)
                .toList();
    }

    private static String scheduledActivityType(List<HistoryEvent> events, long id) {
        return events.get(Math.toIntExact(id) - 1)
                .getActivityTaskScheduledEventAttributes()
                .getActivityType()
                .getName();
    }

    /** Terminates a run, which then rolls nothing back. */
    public void terminate(String run) {
        TerminateWorkflowExecutionResponse unused = world.temporal()
                .blockingStub()
                .terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                        .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(run))
                        .setReason("a test")
                        .build());
    }

    /** Resets a run to its first workflow task, as the Web UI's Reset does. */
    public void resetToFirstTask(WorkflowExecution run) {
        long first = client().fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .mapToLong(HistoryEvent::getEventId)
                .findFirst()
                .orElseThrow();
        ResetWorkflowExecutionResponse unused = world.temporal()
                .blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                        .setWorkflowExecution(run)
                        .setWorkflowTaskFinishEventId(first)
                        .setRequestId(UUID.randomUUID().toString())
                        .setReason("once more")
                        .build());
    }

    /** Runs the sweep with the file of its schedule and without its waiting time for orphaned resources. */
    public SweepReport runSweepNow() {
        ScheduleActionStartWorkflow carried = (ScheduleActionStartWorkflow) new ClusterSchedules(client())
                .handle(ScheduledRunbook.findByName("sweep").orElseThrow(), HELLO)
                .describe()
                .getSchedule()
                .getAction();
        SweepPlan plan = carried.getArguments().get(0, SweepPlan.class);
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId("sweep-now/" + UUID.randomUUID())
                .setTaskQueue(carried.getOptions().getTaskQueue())
                .build();
        return client().newWorkflowStub(Sweep.class, options).run(new SweepPlan(plan.file(), Duration.ZERO, 2));
    }
}
