package dev.sluice.workflows.fake;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.runbook.Runbooks;
import dev.sluice.workflows.runbook.run.Patience;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.Functions.Func1;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Temporal with all runbooks and fakes, for one world after the other: the time-skipping one, or a real server. */
public final class TestTemporal implements AutoCloseable {
    private static final Duration STICKY = Duration.ofSeconds(5);
    /** A bug fails the run at once. */
    private static final WorkflowImplementationOptions FAILING = WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(Throwable.class)
            .build();

    private static final long LOOK_AGAIN = 10_000_000;

    private final AtomicReference<FakeWorld> world = new AtomicReference<>(new FakeWorld());
    private final Function<Supplier<FakeWorld>, List<Object>> cloud;
    private final WorkflowClient client;
    private Worker worker;
    private @Nullable WorkerFactory factory;
    private final Supplier<Instant> clock;
    private final Consumer<Duration> passes;
    private final Runnable stop;

    /** Where time is skipped while nothing is done. */
    public TestTemporal() {
        this(STICKY);
    }

    /** The same with a worker that is a new one at every task: it knows of a run what its history says. */
    public static TestTemporal whoseWorkerIsReplaced() {
        return new TestTemporal(Duration.ZERO);
    }

    /** The same with a worker that waits as long as that. */
    public static TestTemporal asPatientAs(Patience patience) {
        return new TestTemporal(STICKY, patience, TestTemporal::fakeCloud);
    }

    /** The same over another cloud than the fake one: its activities, made for the world of the moment. */
    public static TestTemporal over(
            Function<Supplier<FakeWorld>, List<Object>> cloud, Patience patience, WorkerMode hand) {
        return new TestTemporal(hand == WorkerMode.STAYS ? STICKY : Duration.ZERO, patience, cloud);
    }

    private TestTemporal(Duration sticky) {
        this(sticky, TestPatience.IMPATIENT, TestTemporal::fakeCloud);
    }

    private TestTemporal(Duration sticky, Patience patience, Function<Supplier<FakeWorld>, List<Object>> cloud) {
        this.cloud = cloud;
        TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().build());
        WorkflowIds.SEARCH_ATTRIBUTES.forEach(
                key -> environment.registerSearchAttribute(key.getName(), key.getValueType()));
        client = environment.getWorkflowClient();
        clock = () -> Instant.ofEpochMilli(environment.currentTimeMillis());
        passes = environment::sleep;
        stop = environment::close;
        worker = worker(environment.getWorkerFactory(), sticky, next -> offerRunbooks(next, patience));
    }

    private TestTemporal(RealTemporalServer server, Consumer<Worker> runbooks) {
        cloud = TestTemporal::fakeCloud;
        client = server.client();
        clock = Clock.systemUTC()::instant;
        passes = time -> {
            throw new IllegalStateException("On a real server %s take as long".formatted(time));
        };
        stop = () -> {
            stopWorker();
            server.close();
        };
        worker = started(runbooks);
    }

    private Worker started(Consumer<Worker> runbooks) {
        WorkerFactory made = WorkerFactory.newInstance(client);
        factory = made;
        return worker(made, STICKY, runbooks);
    }

    private void stopWorker() {
        if (factory != null) {
            factory.shutdownNow();
            factory.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    /** The worker goes, whatever it does, and one with today's runbooks comes. */
    public void replaceWorker() {
        stopWorker();
        worker = started(next -> offerRunbooks(next, TestPatience.IN_REAL_TIME));
    }

    /** A server as an operator has it, of the CLI that the environment names. */
    public static TestTemporal onARealServer() {
        return onARealServer(next -> offerRunbooks(next, TestPatience.IN_REAL_TIME));
    }

    /** The same with a worker that offers only that runbook, as it was once. */
    public static <T> TestTemporal onARealServer(Class<T> runbook, Func1<Patience, T> asItWas) {
        return onARealServer(next -> next.registerWorkflowImplementationFactory(
                runbook, () -> asItWas.apply(TestPatience.IN_REAL_TIME), FAILING));
    }

    private static TestTemporal onARealServer(Consumer<Worker> runbooks) {
        return new TestTemporal(new RealTemporalServer(), runbooks);
    }

    private Worker worker(WorkerFactory factory, Duration sticky, Consumer<Worker> runbooks) {
        Worker made = factory.newWorker(
                WorkflowIds.TASK_QUEUE,
                WorkerOptions.newBuilder()
                        // Busy cores are no deadlock.
                        .setDefaultDeadlockDetectionTimeout(20_000)
                        .setMaxHeartbeatThrottleInterval(Duration.ofMillis(20))
                        .setStickyQueueScheduleToStartTimeout(sticky)
                        .build());
        runbooks.accept(made);
        offerActivities(made);
        factory.start();
        return made;
    }

    private static void offerRunbooks(Worker worker, Patience patience) {
        Runbooks.register(worker, patience, FAILING);
    }

    private void offerActivities(Worker worker) {
        worker.registerActivitiesImplementations(cloud.apply(world::get).toArray());
        worker.registerActivitiesImplementations(
                new FakeNodes(world::get),
                new FakeMembership(world::get),
                new FakeProxies(world::get),
                new FakeAccount(world::get),
                new FakeWorker(world::get),
                new FakeRuns(world::get),
                new FakeSchedules(world::get),
                new FakeExpiry(world::get),
                new FakeNotices(world::get));
    }

    private static List<Object> fakeCloud(Supplier<FakeWorld> now) {
        return List.of(new FakeCloud(now), new FakeDns(now));
    }

    public TestTemporal in(FakeWorld next) {
        world.set(next);
        return this;
    }

    public WorkflowClient client() {
        return client;
    }

    public <T> T stub(Class<T> runbook, String id) {
        return client().newWorkflowStub(
                        runbook,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
    }

    /** Starts a run that nobody waits for, and answers with that run, also when there are later ones of its id. */
    public WorkflowStub start(Class<?> runbook, String id, Object plan) {
        WorkflowStub run = client().newUntypedWorkflowStub(
                        runbook.getSimpleName(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        return client().newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowExecution(run.start(plan))
                .build());
    }

    /** Starts it as a schedule does: again and again, each run given what the last one returned. */
    public void everyTenMinutes(Class<?> runbook, String id, Object plan) {
        client().newUntypedWorkflowStub(
                        runbook.getSimpleName(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .setCronSchedule("*/10 * * * *")
                                .build())
                .start(plan);
    }

    /** Whether the newest run of that id goes on. */
    public boolean isOpen(String id) {
        return goesOn(client().newUntypedWorkflowStub(id));
    }

    public boolean goesOn(WorkflowStub run) {
        try {
            return run.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException unknown) {
            return false;
        }
    }

    /** Whether the newest run of that id does nothing itself: it is at rest or over, or there is none. */
    public boolean waits(String id) {
        try {
            return history(id).isAtRest() || !isOpen(id);
        } catch (WorkflowNotFoundException | StatusRuntimeException unknown) {
            return true;
        }
    }

    /** What a run that failed carries for the operator. */
    public static <T> T carried(Throwable failed, Class<T> report) {
        ApplicationFailure failure = TypedFailures.findTyped(failed)
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
            LockSupport.parkNanos(LOOK_AGAIN);
        }
    }

    /** Lets that time pass at once. */
    public void passes(Duration time) {
        passes.accept(time);
    }

    public Instant now() {
        return clock.get();
    }

    /** Waits until the run is over, however it ends, and answers with how. */
    public WorkflowExecutionStatus ended(String id) {
        try {
            client().newUntypedWorkflowStub(id).getResult(Object.class);
        } catch (WorkflowFailedException | CanceledFailure other) {
            return status(id);
        }
        return status(id);
    }

    public WorkflowExecutionStatus status(String id) {
        return client().newUntypedWorkflowStub(id).describe().getStatus();
    }

    /** The newest run of that id, as far as it has got. */
    public RunEvents history(String id) {
        return new RunEvents(client().fetchHistory(id).getEvents());
    }

    /** That run, also when there are later ones of its id. */
    public RunEvents history(WorkflowExecution run) {
        return new RunEvents(
                client().fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents());
    }

    /** Runs the newest history of that id again, command by command. */
    public void replay(String id) {
        replay(id, client().fetchHistory(id));
    }

    public void replay(String id, WorkflowExecutionHistory history) {
        try {
            WorkflowReplayer.replayWorkflowExecution(history, worker);
        } catch (Exception diverged) {
            throw new AssertionError("The history of %s does not replay".formatted(id), diverged);
        }
    }

    @Override
    public void close() {
        stop.run();
    }
}
