package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.runbook.Runbooks;
import dev.sluice.workflows.runbook.run.Patience;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
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
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.Functions.Func1;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Temporal server with all runbooks and fakes, for one world at a time: the time-skipping server, or a real one. As a
 * JUnit extension it closes itself.
 */
public final class TestTemporal implements AutoCloseable, AfterAllCallback, AfterEachCallback {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final Duration STICKY = Duration.ofSeconds(5);
    /** A defect fails the run at once. */
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
    private final FakeResets resets = new FakeResets();

    /** The time-skipping server. */
    public TestTemporal() {
        this(STICKY);
    }

    /** The same with a new worker at every task, which replays the history. */
    public static TestTemporal whoseWorkerIsReplaced() {
        return new TestTemporal(Duration.ZERO);
    }

    /** The same with a worker of those limits. */
    public static TestTemporal asPatientAs(Patience patience) {
        return new TestTemporal(STICKY, patience, TestTemporal::fakeCloud);
    }

    /** The same over another cloud, by its activities for the current world. */
    public static TestTemporal over(
            Function<Supplier<FakeWorld>, List<Object>> cloud, Patience patience, WorkerMode mode) {
        return new TestTemporal(mode == WorkerMode.STAYS ? STICKY : Duration.ZERO, patience, cloud);
    }

    private TestTemporal(Duration sticky) {
        this(sticky, TestPatience.IMPATIENT, TestTemporal::fakeCloud);
    }

    private TestTemporal(Duration sticky, Patience patience, Function<Supplier<FakeWorld>, List<Object>> cloud) {
        this.cloud = cloud;
        TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(resets)
                        .build())
                .build());
        SluiceAttributes.ALL.forEach(key -> environment.registerSearchAttribute(key.getName(), key.getValueType()));
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

    /** Stops the worker at once and starts one with the current runbooks. */
    public void replaceWorker() {
        stopWorker();
        worker = started(next -> offerRunbooks(next, TestPatience.IN_REAL_TIME));
    }

    /** A real server of the CLI that the environment names. */
    public static TestTemporal onARealServer() {
        return onARealServer(next -> offerRunbooks(next, TestPatience.IN_REAL_TIME));
    }

    /** The same with a worker of that old runbook only. */
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
        made.registerWorkflowImplementationTypes(FAILING, LateStep.class);
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
                new FakeTruth(world::get),
                new FakeWatch(world::get),
                new FakeAccount(world::get),
                new FakeWorker(world::get),
                new FakeRuns(world::get, client),
                new FakeSchedules(world::get),
                new FakeExpiry(world::get),
                new FakeNotices(world::get));
    }

    private static List<Object> fakeCloud(Supplier<FakeWorld> now) {
        return List.of(new FakeCloud(now), new FakeDns(now));
    }

    public TestTemporal in(FakeWorld next) {
        resets.forgetAll();
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

    /** Starts a run without waiting, and returns a stub of exactly that execution. */
    public WorkflowStub start(Class<?> runbook, String id, Object... input) {
        return start(runbook.getSimpleName(), id, input);
    }

    private WorkflowStub start(String runbook, String id, Object... input) {
        WorkflowStub run = client().newUntypedWorkflowStub(
                        runbook,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        return stub(run.start(input));
    }

    /**
     * Begins that run again, as Temporal's Reset does, after that many of its completed steps; an open run is terminated
     * first. Returns the new execution.
     */
    public WorkflowStub reset(WorkflowExecution run, int steps) {
        RunEvents earlier = history(run);
        WorkflowStub old = stub(run);
        boolean open = terminated(old);
        if (!open && isOpen(run.getWorkflowId())) {
            throw new WorkflowExecutionAlreadyStarted(run, earlier.type(), null);
        }
        resets.expect(run.getWorkflowId(), run.getRunId(), !open, earlier.answers(steps));
        // The guard refuses the steps of its nodes, too.
        earlier.children().forEach(child -> resets.expect(child.getWorkflowId(), child.getRunId(), !open, Map.of()));
        return again(run.getWorkflowId(), earlier);
    }

    /** Whether the run was open until now. */
    private boolean terminated(WorkflowStub run) {
        try {
            run.terminate("reset");
            return true;
        } catch (WorkflowNotFoundException ended) {
            return false;
        }
    }

    /**
     * Sends the update. The test server never answers one that meets the end of its run, so that this throws as a real
     * server does.
     */
    public void update(WorkflowStub run, String name, Object... input) {
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread asking = new Thread(() -> {
            try {
                answer.complete(run.update(name, String.class, input));
            } catch (RuntimeException refused) {
                answer.completeExceptionally(refused);
            }
        });
        asking.setDaemon(true);
        asking.start();
        try {
            answer.orTimeout(ANSWER.toSeconds(), TimeUnit.SECONDS).join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException refused ? refused : unanswered(run, name, failed);
        } finally {
            asking.interrupt();
        }
    }

    private RuntimeException unanswered(WorkflowStub run, String name, CompletionException failed) {
        WorkflowExecution execution = requireNonNull(run.getExecution());
        if (isOpen(run)) {
            throw new AssertionError(
                    "%s did not answer %s: %s"
                            .formatted(execution, name, history(execution).tail()),
                    failed);
        }
        return new WorkflowNotFoundException(execution, null, failed);
    }

    /** Starts a run with the input of that one, as the Web UI's "Start Workflow Like This One" does. */
    public WorkflowStub startLike(WorkflowExecution run) {
        return again(run.getWorkflowId(), history(run));
    }

    private WorkflowStub again(String id, RunEvents earlier) {
        return start(earlier.type(), id, earlier.input());
    }

    /** Carries out a step of that run once more, waits for its end, and returns its name. */
    public Optional<String> carriesOutAgain(WorkflowExecution run, int step) {
        List<ActivityTaskScheduledEventAttributes> begun = history(run).begun();
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        ActivityTaskScheduledEventAttributes late = begun.get(step % begun.size());
        WorkflowStub again = start(
                late.getActivityType().getName(),
                "%s%s/%s".formatted(LateStep.PREFIX, UUID.randomUUID(), run.getWorkflowId()),
                RunEvents.values(late.getInput()));
        until("the late step has ended", () -> !isOpen(again));
        return Optional.of(late.getActivityType().getName());
    }

    /** Returns a stub of exactly that execution. */
    public WorkflowStub stub(WorkflowExecution run) {
        return client().newUntypedWorkflowStub(WorkflowTargetOptions.newBuilder()
                .setWorkflowExecution(run)
                .build());
    }

    /** Starts it as a schedule does: repeatedly, each run receives the last one's result. */
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

    /** Whether the newest run of that ID is open. */
    public boolean isOpen(String id) {
        return isOpen(client().newUntypedWorkflowStub(id));
    }

    public boolean isOpen(WorkflowExecution run) {
        return isOpen(stub(run));
    }

    public boolean isOpen(WorkflowStub run) {
        try {
            return run.describe().getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING;
        } catch (WorkflowNotFoundException unknown) {
            return false;
        }
    }

    /** Whether the newest run of that ID is at rest, has ended or does not exist. */
    public boolean waits(String id) {
        try {
            return history(id).isAtRest() || !isOpen(id);
        } catch (WorkflowNotFoundException | StatusRuntimeException unknown) {
            return true;
        }
    }

    /** Returns the report that a failed run carries. */
    public static <T> T carried(Throwable failed, Class<T> report) {
        ApplicationFailure failure = TypedFailures.findTyped(failed)
                .orElseThrow(() -> new AssertionError("A run fails with a type and a sentence", failed));
        return failure.getDetails().get(report);
    }

    /** Polls until the condition holds, at most 20 s. */
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

    /** Waits until the run has ended, and returns its status. */
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

    /** Returns the history of the newest run of that ID. */
    public RunEvents history(String id) {
        return new RunEvents(client().fetchHistory(id).getEvents());
    }

    /** Returns the history of exactly that execution. */
    public RunEvents history(WorkflowExecution run) {
        return new RunEvents(
                client().fetchHistory(run.getWorkflowId(), run.getRunId()).getEvents());
    }

    /** Replays the newest history of that ID. */
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

    /** Closes it for a class that has one for each test. */
    @Override
    public void afterEach(ExtensionContext test) {
        if (test.getTestInstanceLifecycle().equals(Optional.of(TestInstance.Lifecycle.PER_METHOD))) {
            close();
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        stop.run();
    }
}
