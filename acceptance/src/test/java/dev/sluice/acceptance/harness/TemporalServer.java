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

/** Temporal as its operator has it: its process, its database, and what it knows. */
public final class TemporalServer {
    private static final ClusterName HELLO = new ClusterName("hello");

    private final LabEnvironment world;

    public TemporalServer(LabEnvironment world) {
        this.world = world;
    }

    /** Ends the server as a power cut would. */
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

    /** Starts it again, where its clients look for it. */
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

    /** Executions that fit, the newest first. */
    public List<WorkflowExecutionMetadata> runs(String query) {
        try (Stream<WorkflowExecutionMetadata> found = client().listExecutions(query)) {
            return found.toList();
        }
    }

    /** Which workers carried out such an activity of a run to its end, as they call themselves. */
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

    /** Ends a run at once: it takes nothing back. */
    public void terminate(String run) {
        TerminateWorkflowExecutionResponse unused = world.temporal()
                .blockingStub()
                .terminateWorkflowExecution(TerminateWorkflowExecutionRequest.newBuilder()
                        .setNamespace(world.setting("TEMPORAL_NAMESPACE"))
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(run))
                        .setReason("a test")
                        .build());
    }

    /** A pass of the sweep with the file that its schedule carries, as if each left-over had been there for longer. */
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
