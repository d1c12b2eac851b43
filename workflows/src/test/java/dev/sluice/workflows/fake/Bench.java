package dev.sluice.workflows.fake;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.runbook.Patience;
import dev.sluice.workflows.runbook.Patience.Limits;
import dev.sluice.workflows.runbook.Runbooks;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

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
        Runbooks.register(worker, IMPATIENT);
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
