package dev.sluice.workflows.fake;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.runbook.Patience;
import dev.sluice.workflows.runbook.Patience.Limits;
import dev.sluice.workflows.runbook.Runbooks;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** A time-skipping Temporal with all runbooks and fakes, for one world after the other. */
public final class Bench implements AutoCloseable {
    /** Short, but long enough for two busy cores. */
    public static final Patience IMPATIENT = new Patience(
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            quick(),
            Duration.ofSeconds(60),
            Duration.ofMillis(500),
            3,
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));

    private final AtomicReference<FakeWorld> world = new AtomicReference<>(new FakeWorld());
    private final TestWorkflowEnvironment environment;
    private final Worker worker;

    public Bench() {
        environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().build());

        Names.SEARCH_ATTRIBUTES.forEach(key -> environment.registerSearchAttribute(key.getName(), key.getValueType()));
        worker = environment.newWorker(Names.TASK_QUEUE);
        Runbooks.register(
                worker,
                IMPATIENT,
                WorkflowImplementationOptions.newBuilder()
                        .setFailWorkflowExceptionTypes(Throwable.class)
                        .build());
        worker.registerActivitiesImplementations(
                new FakeCloud(world::get),
                new FakeNodes(world::get),
                new FakeMembership(world::get),
                new FakeProxies(world::get),
                new FakeDns(world::get),
                new FakeRuns(world::get));
        environment.start();
    }

    private static Limits quick() {
        return new Limits(Duration.ofMillis(200), Optional.empty(), Duration.ofSeconds(30), 2);
    }

    public Bench in(FakeWorld next) {
        world.set(next);
        return this;
    }

    public WorkflowClient client() {
        return environment.getWorkflowClient();
    }

    public TestWorkflowEnvironment environment() {
        return environment;
    }

    public <T> T stub(Class<T> runbook, String id) {
        return client().newWorkflowStub(
                        runbook,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Names.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
    }

    /** What a run that failed carries for the operator. */
    public static <T> T carried(Throwable failed, Class<T> report) {
        ApplicationFailure failure = Failures.in(failed)
                .orElseThrow(() -> new AssertionError("A run fails with a type and a sentence", failed));
        return failure.getDetails().get(report);
    }

    /** Asks again until it holds; no run takes longer than that to get there. */
    public void until(String what, Supplier<Boolean> holds) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!holds.get()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("After 20 s still not: " + what);
            }
            Thread.onSpinWait();
        }
    }

    public Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    public WorkflowExecutionStatus status(String id) {
        return client().newUntypedWorkflowStub(id).describe().getStatus();
    }

    /** Runs the newest history of that id again, command by command. */
    public void replay(String id) {
        WorkflowExecutionHistory history = client().fetchHistory(id);
        try {
            WorkflowReplayer.replayWorkflowExecution(history, worker);
        } catch (Exception diverged) {
            throw new AssertionError("The history of %s does not replay".formatted(id), diverged);
        }
    }

    @Override
    public void close() {
        environment.close();
    }
}
