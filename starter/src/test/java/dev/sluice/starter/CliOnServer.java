package dev.sluice.starter;

import dev.sluice.starter.CliRunner.CliOutcome;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.workflows.WorkflowIds;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionStartedEventAttributes;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkflowImplementationOptions;
import io.temporal.workflow.Functions.Func;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A CLI in this process, a Temporal server, and a worker with the runbooks that a test offers; no offer, no worker. */
public abstract class CliOnServer {
    abstract WorkflowServiceStubs stubs();

    /** Temporal's client, for what a test does besides the command line. */
    public abstract WorkflowClient client();

    abstract Worker worker();

    abstract void startWorker();

    /** A CLI that is connected to the server. */
    public CliRunner cli() {
        return new CliRunner(environment -> new TemporalClient(stubs(), client(), "in process"));
    }

    /** Registers a runbook; the worker starts with the next command. */
    public <R> CliOnServer offer(Class<R> contract, Func<R> runbook) {
        worker().registerWorkflowImplementationFactory(
                        contract, runbook, WorkflowImplementationOptions.getDefaultInstance());
        return this;
    }

    /** Registers the runbooks of these classes. */
    public CliOnServer offer(Class<?>... runbooks) {
        worker().registerWorkflowImplementationTypes(runbooks);
        return this;
    }

    /** Runs a command with the sample cluster file. */
    public CliOutcome run(String... words) {
        return run(cli(), words);
    }

    /** Runs a command with that CLI. */
    public CliOutcome run(CliRunner cli, String... words) {
        startWorker();
        return cli.run(words);
    }

    /** Starts a run beside the command line; returns its run ID. */
    public String start(Class<?> contract, String id, Object... input) {
        startWorker();
        WorkflowStub stub = client().newUntypedWorkflowStub(
                        contract.getSimpleName(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        return stub.start(input).getRunId();
    }

    /** Waits until the latest run of that ID has closed. */
    public void awaitEnd(String id) {
        WorkflowStub stub = client().newUntypedWorkflowStub(id);
        try {
            stub.getResultAsync(Object.class)
                    .handle((result, failure) -> true)
                    .get(20, java.util.concurrent.TimeUnit.SECONDS);
        } catch (Exception late) {
            throw new IllegalStateException(id + " did not end in time", late);
        }
    }

    /** The run ID of the latest run of that ID. */
    public String runIdOf(String id) {
        return client().newUntypedWorkflowStub(id).describe().getExecution().getRunId();
    }

    /** The first argument that the latest run of that ID was started with. */
    public <T> T planOf(String id, Class<T> type) {
        return planOf(id, 0, type);
    }

    /** An argument that the latest run of that ID was started with. */
    public <T> T planOf(String id, int index, Class<T> type) {
        return DefaultDataConverter.STANDARD_INSTANCE.fromPayloads(
                index, Optional.of(started(id).getInput()), type, type);
    }

    /** A search attribute that the latest run of that ID was started with. */
    public Optional<String> attributeOf(String id, String name) {
        return Optional.ofNullable(
                        started(id).getSearchAttributes().getIndexedFieldsMap().get(name))
                .map(payload ->
                        DefaultDataConverter.STANDARD_INSTANCE.fromPayload(payload, String.class, String.class));
    }

    /** How long the latest run of that ID may last; ten years on the test server if it has no limit of its own. */
    public Duration limitOf(String id) {
        return Duration.ofSeconds(started(id).getWorkflowExecutionTimeout().getSeconds());
    }

    /** How the latest run of that ID began. */
    public WorkflowExecutionStartedEventAttributes started(String id) {
        return historyOf(id).get(0).getWorkflowExecutionStartedEventAttributes();
    }

    /** What happened in the latest run of that ID. */
    public List<HistoryEvent> historyOf(String id) {
        return client().fetchHistory(id).getEvents();
    }

    /** Whether no run of that ID exists. */
    public boolean knowsNo(String id) {
        try {
            return historyOf(id).isEmpty();
        } catch (WorkflowNotFoundException | io.grpc.StatusRuntimeException none) {
            return true;
        }
    }
}
