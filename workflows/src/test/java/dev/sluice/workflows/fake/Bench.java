package dev.sluice.workflows.fake;

import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.fake.Benches.Hand;
import dev.sluice.workflows.runbook.Patience;
import dev.sluice.workflows.runbook.Patience.Limits;
import dev.sluice.workflows.runbook.Runbooks;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.history.v1.ActivityTaskScheduledEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A Temporal with all runbooks and fakes, for one world after the other: the time-skipping one, or a real server. */
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

    /** On a real server time is not skipped: its waits are short, its steps beat, so that a cancel reaches them. */
    private static final Patience IN_REAL_TIME = new Patience(
            answering(),
            answering(),
            beating(),
            beating(),
            beating(),
            beating(),
            beating(),
            seconds(20),
            Duration.ofMillis(20),
            3,
            seconds(60),
            Duration.ofMillis(100));

    private static final Duration STICKY = seconds(5);
    private static final Set<EventType> AT_REST =
            Set.of(EventType.EVENT_TYPE_TIMER_STARTED, EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED);

    /** A bug fails the run at once. */
    private static final WorkflowImplementationOptions FAILING = WorkflowImplementationOptions.newBuilder()
            .setFailWorkflowExceptionTypes(Throwable.class)
            .build();

    private static final long LOOK_AGAIN = 10_000_000;
    private static final String CLI = "TEMPORAL_CLI_PATH";

    private final AtomicReference<FakeWorld> world = new AtomicReference<>(new FakeWorld());
    private final Function<Supplier<FakeWorld>, List<Object>> cloud;
    private final WorkflowClient client;
    private Worker worker;
    private @Nullable WorkerFactory factory;
    private final Supplier<Instant> clock;
    private final Consumer<Duration> passes;
    private final Runnable stop;

    /** Where time is skipped while nothing is done. */
    public Bench() {
        this(STICKY);
    }

    /** The same with a worker that is a new one at every task: it knows of a run what its history says. */
    public static Bench whoseWorkerIsReplaced() {
        return new Bench(Duration.ZERO);
    }

    /** The same over another cloud than the fake one: its activities, made for the world of the moment. */
    public static Bench over(Function<Supplier<FakeWorld>, List<Object>> cloud, Patience patience, Hand hand) {
        return new Bench(hand == Hand.STAYS ? STICKY : Duration.ZERO, patience, cloud);
    }

    private Bench(Duration sticky) {
        this(sticky, IMPATIENT, Bench::fakeCloud);
    }

    private Bench(Duration sticky, Patience patience, Function<Supplier<FakeWorld>, List<Object>> cloud) {
        this.cloud = cloud;
        TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(
                TestEnvironmentOptions.newBuilder().build());
        Names.SEARCH_ATTRIBUTES.forEach(key -> environment.registerSearchAttribute(key.getName(), key.getValueType()));
        client = environment.getWorkflowClient();
        clock = () -> Instant.ofEpochMilli(environment.currentTimeMillis());
        passes = environment::sleep;
        stop = environment::close;
        worker = worker(environment.getWorkerFactory(), sticky, next -> offerRunbooks(next, patience));
    }

    private Bench(TemporalDevServer server, Consumer<Worker> runbooks) {
        cloud = Bench::fakeCloud;
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(server.getNamespace())
                        .setIdentity("worker@recorded")
                        .build());
        clock = Clock.systemUTC()::instant;
        passes = time -> {
            throw new IllegalStateException("On a real server %s take as long".formatted(time));
        };
        stop = () -> {
            stopWorker();
            stubs.shutdownNow();
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
        worker = started(next -> offerRunbooks(next, IN_REAL_TIME));
    }

    /** A server as an operator has it, of the CLI that the environment names. */
    public static Bench onARealServer() {
        return onARealServer(next -> offerRunbooks(next, IN_REAL_TIME));
    }

    /** The same with a worker that offers only that runbook, as it was once. */
    public static <T> Bench onARealServer(Class<T> runbook, Func1<Patience, T> asItWas) {
        return onARealServer(next ->
                next.registerWorkflowImplementationFactory(runbook, () -> asItWas.apply(IN_REAL_TIME), FAILING));
    }

    private static Bench onARealServer(Consumer<Worker> runbooks) {
        List<String> arguments = new ArrayList<>(List.of(
                "--log-level", "error", "--dynamic-config-value", "history.timerProcessorMaxTimeShift=\"10ms\""));
        Names.SEARCH_ATTRIBUTES.forEach(key -> {
            arguments.add("--search-attribute");
            arguments.add(key.getName()
                    + (key.getValueType() == IndexedValueType.INDEXED_VALUE_TYPE_DATETIME ? "=Datetime" : "=Keyword"));
        });
        TemporalDevServer server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv(CLI))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs(arguments)
                        .build());
        return new Bench(server, runbooks);
    }

    private Worker worker(WorkerFactory factory, Duration sticky, Consumer<Worker> runbooks) {
        Worker made = factory.newWorker(
                Names.TASK_QUEUE,
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

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static Limits answering() {
        return new Limits(seconds(5), Optional.empty(), seconds(20), 2);
    }

    private static Limits beating() {
        return new Limits(seconds(10), Optional.of(seconds(5)), seconds(20), 2);
    }

    private static Limits quick() {
        return new Limits(Duration.ofMillis(200), Optional.empty(), Duration.ofSeconds(30), 3);
    }

    public Bench in(FakeWorld next) {
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
                                .setTaskQueue(Names.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
    }

    /** Starts a run that nobody waits for, and answers with that run, also when there are later ones of its id. */
    public WorkflowStub start(Class<?> runbook, String id, Object plan) {
        WorkflowStub run = client().newUntypedWorkflowStub(
                        runbook.getSimpleName(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Names.TASK_QUEUE)
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
                                .setTaskQueue(Names.TASK_QUEUE)
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

    /** Whether the newest run of that id waits for a timer, a person or its nodes and does nothing itself; or there is none. */
    public boolean waits(String id) {
        try {
            List<HistoryEvent> events = client().fetchHistory(id).getEvents();
            return AT_REST.contains(events.get(events.size() - 1).getEventType()) || !isOpen(id);
        } catch (WorkflowNotFoundException | StatusRuntimeException unknown) {
            return true;
        }
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

    /** The activities that the newest run of that id asked for, in that order; those side by side may begin in any. */
    public List<String> asked(String id) {
        return askedAtOnce(id).stream().flatMap(List::stream).toList();
    }

    /** The same, those together that the run asked for before it waited for any of them. */
    public Collection<List<String>> askedAtOnce(String id) {
        Map<Long, List<String>> byTask = new TreeMap<>();
        for (HistoryEvent event : client().fetchHistory(id).getEvents()) {
            if (event.hasActivityTaskScheduledEventAttributes()) {
                ActivityTaskScheduledEventAttributes asked = event.getActivityTaskScheduledEventAttributes();
                byTask.computeIfAbsent(asked.getWorkflowTaskCompletedEventId(), task -> new ArrayList<>())
                        .add(asked.getActivityType().getName());
            }
        }
        return byTask.values();
    }

    /** How often the newest run of that id was given news and has said what it does next. */
    public long answered(String id) {
        return client().fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
                .count();
    }

    /** How many timers the newest run of that id started. */
    public long timers(String id) {
        return client().fetchHistory(id).getEvents().stream()
                .filter(HistoryEvent::hasTimerStartedEventAttributes)
                .count();
    }

    /** Whether each of them has come to an end, good or bad. */
    public boolean nothingIsLeftOpen(String id) {
        Set<Long> open = new HashSet<>();
        for (HistoryEvent event : client().fetchHistory(id).getEvents()) {
            if (event.hasActivityTaskScheduledEventAttributes()) {
                open.add(event.getEventId());
            }
            open.remove(event.getActivityTaskCompletedEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskFailedEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskTimedOutEventAttributes().getScheduledEventId());
            open.remove(event.getActivityTaskCanceledEventAttributes().getScheduledEventId());
        }
        return open.isEmpty();
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
