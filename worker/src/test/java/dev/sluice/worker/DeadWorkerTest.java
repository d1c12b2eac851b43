package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import dev.sluice.workflows.RunOptions;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.cluster.ClusterName;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A worker that takes a run's next decision, dies, and never gives it. */
class DeadWorkerTest {
    private static final Duration MAY_COST = Duration.ofSeconds(6);

    @Test
    void nextWorkerReceivesTheDecisionWithinSeconds() {
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
            WorkflowStub run = environment
                    .getWorkflowClient()
                    .newUntypedWorkflowStub(
                            "Templates", RunOptions.of("templates/hello").build());
            run.start(new ClusterName("hello"), Optional.empty(), Optional.empty());
            take(environment);

            WorkerRegistration.register(
                            environment.getWorkflowClient(),
                            List.of(emptyCloud()),
                            new ActivitySlots(Clock.systemUTC()))
                    .start();

            assertThat(run.getResult(Object.class)).isEqualTo(List.of());
            List<HistoryEvent> events = environment
                    .getWorkflowClient()
                    .fetchHistory("templates/hello")
                    .getEvents();
            assertThat(between(
                            first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED),
                            first(events, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED)))
                    .isLessThan(MAY_COST);
        }
    }

    private static void take(TestWorkflowEnvironment environment) {
        assertThat(environment
                        .getWorkflowServiceStubs()
                        .blockingStub()
                        .pollWorkflowTaskQueue(PollWorkflowTaskQueueRequest.newBuilder()
                                .setNamespace(environment.getNamespace())
                                .setTaskQueue(TaskQueue.newBuilder().setName(WorkflowIds.TASK_QUEUE))
                                .setIdentity("dies")
                                .build())
                        .getTaskToken()
                        .isEmpty())
                .isFalse();
    }

    private static HistoryEvent first(List<HistoryEvent> events, EventType type) {
        return events.stream()
                .filter(event -> event.getEventType() == type)
                .findFirst()
                .orElseThrow();
    }

    private static Duration between(HistoryEvent from, HistoryEvent to) {
        return Duration.ofMillis(Timestamps.toMillis(to.getEventTime()) - Timestamps.toMillis(from.getEventTime()));
    }

    private static CloudActivities emptyCloud() {
        return (CloudActivities) Proxy.newProxyInstance(
                CloudActivities.class.getClassLoader(),
                new Class<?>[] {CloudActivities.class},
                (proxy, method, words) -> switch (method.getName()) {
                    case "listTemplates" -> List.of();
                    case "toString" -> "empty cloud";
                    default -> 0;
                });
    }
}
