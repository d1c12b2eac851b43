package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.cluster.ClusterName;
import io.temporal.api.enums.v1.EventType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerFactory;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What SIGTERM leads to: Spring stops the drain first. */
class WorkerLifecycleTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private TestWorkflowEnvironment environment;
    private WorkflowClient client;

    @BeforeEach
    void start() {
        environment = TestWorkflowEnvironment.newInstance();
        client = environment.getWorkflowClient();
    }

    @AfterEach
    void stop() {
        environment.close();
    }

    @Test
    void finishesRunningActivitiesAndStartsNoNewOnes() throws InterruptedException {
        WorkerFactory factory =
                WorkerRegistration.register(client, List.of(slowCloud()), new ActivitySlots(Clock.systemUTC()));
        WorkerLifecycle drain = new WorkerLifecycle(factory);
        drain.start();
        begin("templates/hello/first");
        assertThat(begun.await(45, TimeUnit.SECONDS)).isTrue();

        Thread stopping = new Thread(drain::stop, "SIGTERM");
        stopping.start();
        // A question for tasks that was asked before may still be answered; then no more is asked.
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!factory.isShutdown() || asksForTasks()) {
            assertThat(System.nanoTime())
                    .as("it asks for no more tasks within 20 s")
                    .isLessThan(limit);
            Thread.onSpinWait();
        }
        begin("templates/hello/second");
        assertThat(stopping.isAlive()).isTrue();
        assertThat(events("templates/hello/first")).doesNotContain(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
        goOn.countDown();
        stopping.join(TimeUnit.SECONDS.toMillis(WorkerLifecycle.SECONDS));

        assertThat(stopping.isAlive()).isFalse();
        assertThat(drain.isRunning()).isFalse();
        assertThat(events("templates/hello/first")).contains(EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
        assertThat(events("templates/hello/second")).doesNotContain(EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);
    }

    private static boolean asksForTasks() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("Workflow Poller"));
    }

    private void begin(String id) {
        client.newUntypedWorkflowStub(
                        "Templates",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build())
                .start(new ClusterName("hello"), Optional.empty(), Optional.empty());
    }

    private List<EventType> events(String id) {
        return client.fetchHistory(id).getEvents().stream()
                .map(event -> event.getEventType())
                .toList();
    }

    /** Lists no templates, and that only when told to go on. */
    private CloudActivities slowCloud() {
        return (CloudActivities) Proxy.newProxyInstance(
                CloudActivities.class.getClassLoader(),
                new Class<?>[] {CloudActivities.class},
                (proxy, method, words) -> {
                    if (!method.getName().equals("listTemplates")) {
                        return method.getName().equals("toString") ? "slow cloud" : 0;
                    }
                    begun.countDown();
                    assertThat(goOn.await(20, TimeUnit.SECONDS)).isTrue();
                    return List.of();
                });
    }
}
