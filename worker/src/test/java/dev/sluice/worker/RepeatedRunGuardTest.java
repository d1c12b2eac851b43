package dev.sluice.worker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ResetWorkflowExecutionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.DynamicWorkflow;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Temporal's Reset of runs on a real server: each step that a worker carries out is in the list. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class RepeatedRunGuardTest {
    private static final String QUEUE = "guarded";
    private static final String NODE_RUN = DeployNode.class.getSimpleName();

    private static final List<String> STEPS = new CopyOnWriteArrayList<>();

    private static TemporalDevServer server;
    private static WorkflowServiceStubs stubs;
    private static WorkflowClient client;
    private static WorkerFactory factory;

    /** A step that changes something. */
    @ActivityInterface
    public interface Step {
        void change(String what);
    }

    @BeforeAll
    static void aRealServerWithAWorker() {
        server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv("TEMPORAL_CLI_PATH"))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs("--log-level", "error")
                        .build());
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(
                stubs, WorkflowClientOptions.newBuilder().setNamespace("sluice").build());
        factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new RepeatedRunGuard(client))
                        .build());
        io.temporal.worker.Worker worker = factory.newWorker(QUEUE);
        worker.registerWorkflowImplementationFactory(DynamicWorkflow.class, () -> args -> {
            String told = args.get(0, String.class);
            if (told.startsWith("change of ")) {
                Workflow.newUntypedChildWorkflowStub(
                                NODE_RUN,
                                ChildWorkflowOptions.newBuilder()
                                        .setWorkflowId(told.substring("change of ".length()))
                                        .build())
                        .execute(String.class, "a node");
                return "";
            }
            Step step = Workflow.newActivityStub(
                    Step.class,
                    ActivityOptions.newBuilder()
                            .setStartToCloseTimeout(Duration.ofSeconds(10))
                            .setRetryOptions(RetryOptions.newBuilder()
                                    .setInitialInterval(Duration.ofMillis(50))
                                    .build())
                            .build());
            step.change(Workflow.getInfo().getWorkflowId() + " first");
            if (told.equals("waits")) {
                Workflow.await(() -> false);
            }
            step.change(Workflow.getInfo().getWorkflowId() + " second");
            return "";
        });
        worker.registerActivitiesImplementations((Step) STEPS::add);
        factory.start();
    }

    @AfterAll
    static void stop() {
        factory.shutdownNow();
        stubs.shutdownNow();
        server.close();
    }

    @Test
    void aRunThatHadEndedDoesNothingTwice() {
        WorkflowStub run = start("bake/hello/app", "BakeTemplate", "");
        assertThat(run.getResult(String.class)).isEmpty();

        assertThat(failureOf(reset("bake/hello/app", 1)))
                .isEqualTo("bake/hello/app had ended (completed) before Temporal's Reset began it again;"
                        + " a run that has ended does nothing twice");
        assertThat(steps("bake/hello/app")).containsExactly("bake/hello/app first", "bake/hello/app second");
    }

    @Test
    void itDoesNothingFromTheMiddleOnEither() {
        start("eject/hello/one", "EjectNode", "").getResult(String.class);

        assertThat(failureOf(reset("eject/hello/one", 2))).contains("had ended (completed)");
        assertThat(steps("eject/hello/one")).containsExactly("eject/hello/one first", "eject/hello/one second");
    }

    @Test
    void aRunThatIsResetAgainAfterItsRefusalDoesNothing() {
        start("eject/hello/two", "EjectNode", "").getResult(String.class);
        assertThat(failureOf(reset("eject/hello/two", 1))).contains("had ended (completed)");

        assertThat(failureOf(reset("eject/hello/two", 1))).contains("had ended (failed)");
    }

    @Test
    void anOpenRunGoesOnAfterItsReset() {
        start("bake/hello/proxy", "BakeTemplate", "waits");
        awaitSteps("bake/hello/proxy", 1);

        reset("bake/hello/proxy", 1);

        awaitSteps("bake/hello/proxy", 2);
        client.newUntypedWorkflowStub("bake/hello/proxy").terminate("over");
    }

    @Test
    void aNodesRunBeginsWithItsOpenChangeOnly() {
        WorkflowStub alone = start("node/hello/alone", NODE_RUN, "a node");
        assertThat(failureOf(requireNonNull(alone.getExecution())))
                .contains("node/hello/alone is part of no open change");

        start("change/hello/app", "ChangeRole", "change of node/hello/one").getResult(String.class);
        assertThat(steps("node/hello/one")).containsExactly("node/hello/one first", "node/hello/one second");
        assertThat(failureOf(reset("node/hello/one", 1))).contains("node/hello/one had ended (completed)");
    }

    @Test
    void aChangeThatHadEndedBeginsNoNodeAgain() {
        start("change/hello/db", "ChangeRole", "change of node/hello/db").getResult(String.class);
        assertThat(steps("node/hello/db")).hasSize(2);

        assertThat(failureOf(reset("change/hello/db", 1))).isNotEmpty();

        assertThat(steps("node/hello/db")).hasSize(2);
    }

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private static WorkflowStub start(String id, String type, String told) {
        WorkflowStub stub = client.newUntypedWorkflowStub(
                type,
                WorkflowOptions.newBuilder()
                        .setWorkflowId(id)
                        .setTaskQueue(QUEUE)
                        .build());
        stub.start(told);
        return stub;
    }

    /** Resets to the workflow task of that number. */
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private static WorkflowExecution reset(String id, int task) {
        long event = client.fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .skip(task - 1L)
                .findFirst()
                .orElseThrow()
                .getEventId();
        String run = stubs.blockingStub()
                .resetWorkflowExecution(ResetWorkflowExecutionRequest.newBuilder()
                        .setNamespace("sluice")
                        .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(id))
                        .setWorkflowTaskFinishEventId(event)
                        .setRequestId(UUID.randomUUID().toString())
                        .setReason("once more")
                        .build())
                .getRunId();
        return WorkflowExecution.newBuilder().setWorkflowId(id).setRunId(run).build();
    }

    private static List<String> steps(String run) {
        return STEPS.stream().filter(step -> step.startsWith(run + " ")).toList();
    }

    private static void awaitSteps(String run, int count) {
        await(() -> steps(run).size() == count);
    }

    private static void await(java.util.function.BooleanSupplier so) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!so.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(20).toNanos());
        }
    }

    /** The sentence with which that execution failed. */
    private static String failureOf(WorkflowExecution run) {
        await(() -> stubs.blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace("sluice")
                                .setExecution(run)
                                .build())
                        .getWorkflowExecutionInfo()
                        .getStatus()
                == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
        List<HistoryEvent> events =
                client.fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents();
        return events.get(events.size() - 1)
                .getWorkflowExecutionFailedEventAttributes()
                .getFailure()
                .getCause()
                .getMessage();
    }
}
