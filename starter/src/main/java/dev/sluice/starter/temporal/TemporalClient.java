package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.PendingRetry;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.run.RunView;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowExecutionDescription;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowTargetOptions;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The connection to Temporal and the reads over it; no call lasts longer than {@link #LIMIT}. */
public final class TemporalClient implements AutoCloseable {
    public static final Duration LIMIT = Duration.ofSeconds(10);
    /** The time that a query waits for a worker. */
    private static final Duration QUERY = Duration.ofSeconds(4);

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final String address;
    private final Runnable closing;

    /** Wraps a connection that the caller closes. */
    public TemporalClient(WorkflowServiceStubs stubs, WorkflowClient client, String address) {
        this(stubs, client, address, () -> {});
    }

    private TemporalClient(WorkflowServiceStubs stubs, WorkflowClient client, String address, Runnable closing) {
        this.stubs = stubs;
        this.closing = closing;
        this.client = client;
        this.address = address;
    }

    /** Connects with {@code TEMPORAL_*} variables and profiles; throws exit code 9 if the server does not answer. */
    public static TemporalClient open(Map<String, String> environment) {
        try {
            ClientConfigProfile profile = ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .build());
            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder(
                            profile.toWorkflowServiceStubsOptions())
                    .setRpcTimeout(LIMIT)
                    .setRpcQueryTimeout(QUERY)
                    .setRpcRetryOptions(
                            RpcRetryOptions.newBuilder().setExpiration(LIMIT).validateBuildWithDefaults())
                    .build());
            WorkflowClient client = WorkflowClient.newInstance(
                    stubs,
                    WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                            .setIdentity("sluice-cli")
                            .build());
            TemporalClient temporal =
                    new TemporalClient(stubs, client, stubs.getOptions().getTarget(), stubs::shutdownNow);
            temporal.check();
            return temporal;
        } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
            throw new CliException(
                    ExitCode.USAGE,
                    "The settings for Temporal (TEMPORAL_* variables or its TOML file) cannot be used: %s"
                            .formatted(broken.getMessage()),
                    broken);
        }
    }

    /** Throws exit code 9 if the server or the namespace does not answer within 5 s. */
    public void check() {
        call(() -> CallDeadline.within(
                Duration.ofSeconds(5),
                () -> stubs.blockingStub()
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace(namespace())
                                .build())));
    }

    public String address() {
        return address;
    }

    public String namespace() {
        return client.getOptions().getNamespace();
    }

    /** Returns the version that the server reports. */
    public String version() {
        return call(() -> CallDeadline.within(
                LIMIT,
                () -> stubs.blockingStub()
                        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                        .getServerVersion()));
    }

    /** Returns whether the connection is encrypted. */
    public boolean isSecure() {
        return stubs.getOptions().getSslContext() != null || stubs.getOptions().getEnableHttps();
    }

    /** Returns whether the connection is encrypted or stays on this machine. */
    public boolean isPrivate() {
        return isSecure() || address.matches("(localhost|127\\.[0-9.]+|\\[::1]|in process)(:.*)?");
    }

    public WorkflowClient client() {
        return client;
    }

    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    /** Translates an exception of Temporal's client into a sentence for the operator. */
    public RuntimeException translate(RuntimeException thrown) {
        return TemporalErrors.translate(thrown, address, namespace());
    }

    /** Runs a call and translates exceptions of Temporal's client into sentences for the operator. */
    public <R> R call(Supplier<R> call) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            throw TemporalErrors.translate(thrown, address, namespace());
        }
    }

    /** Returns the run's current report; empty if no worker answers in time. */
    public <R> Optional<R> queryReport(Run run, Class<R> type) {
        try {
            return query(run, type).map(new LiveNodeReports(this::nodeReport)::in);
        } catch (io.temporal.client.WorkflowNotFoundException gone) {
            throw TemporalErrors.translate(gone, address, namespace());
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException unanswered) {
            return Optional.empty();
        }
    }

    private <R> Optional<R> query(Run run, Class<R> type) {
        return Optional.ofNullable(CallDeadline.within(QUERY, () -> stub(run).query("report", type)));
    }

    private Optional<NodeReport> nodeReport(String workflowId) {
        try {
            return query(new Run(workflowId, ""), NodeReport.class);
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException notYet) {
            return Optional.empty();
        }
    }

    /** Completes the view of an open run with its pending retries. */
    public RunView addPendingRetries(RunView view, Run run) {
        return view.withRetries(part -> retry(run.runOfNode(part.node())));
    }

    private Optional<PendingRetry> retry(Run run) {
        try {
            return PendingRetries.findMostTried(
                    CallDeadline.within(QUERY, () -> stub(run).describe())
                            .getRawDescription()
                            .getPendingActivitiesList());
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException unknown) {
            return Optional.empty();
        }
    }

    /** Returns a future that completes when the run closes. */
    public <R> CompletableFuture<RunResult<R>> result(Run run, Class<R> type) {
        return stub(run).getResultAsync(type).handle((result, thrown) -> {
            if (thrown == null) {
                return RunResult.of(result);
            }
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (cause instanceof WorkflowFailedException failed) {
                return RunResult.of(failed, type);
            }
            throw new CompletionException(cause);
        });
    }

    /** Returns the result of a run that has ended; empty if it failed or Temporal no longer has it. */
    public <R> Optional<R> finished(Run run, Class<R> type) {
        try {
            return Optional.ofNullable(
                    stub(run).getResult(LIMIT.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS, type));
        } catch (java.util.concurrent.TimeoutException | RuntimeException gone) {
            return Optional.empty();
        }
    }

    /** Returns the execution that the reference names: the latest of that ID, or the one whose run ID matches. */
    public RunState find(Run.RunReference reference) {
        RunState latest = describe(reference.id(), "");
        if (reference.matches(latest.run().runId())) {
            return latest;
        }
        List<RunState> matching = list("WorkflowId = '%s'".formatted(escapeForFilter(reference.id())), 200).stream()
                .filter(state -> reference.matches(state.run().runId()))
                .toList();
        if (matching.size() == 1) {
            return describe(reference.id(), matching.get(0).run().runId());
        }
        throw new CliException(
                ExitCode.USAGE,
                matching.isEmpty()
                        ? "There is no run %s; the latest is %s."
                                .formatted(reference, latest.run().displayName())
                        : "%s matches %d runs; give more of the run ID, such as %s."
                                .formatted(
                                        reference,
                                        matching.size(),
                                        matching.get(0).run().runId()));
    }

    /** Returns the execution that replaced the run when somebody reset it. */
    public Optional<Run> findReset(Run run) {
        String next = call(() -> CallDeadline.within(LIMIT, () -> stub(run).describe()))
                .getRawDescription()
                .getWorkflowExtendedInfo()
                .getResetRunId();
        return next.isEmpty() || next.equals(run.runId()) ? Optional.empty() : Optional.of(new Run(run.id(), next));
    }

    private RunState describe(String id, String runId) {
        WorkflowExecutionDescription found = call(
                () -> CallDeadline.within(LIMIT, () -> stub(new Run(id, runId)).describe()));
        return RunState.of(found, isStuck(found));
    }

    /** A workflow task that failed more than once is a bug of Sluice, not a failure of the environment. */
    private static boolean isStuck(WorkflowExecutionDescription found) {
        return found.getRawDescription().getPendingWorkflowTask().getAttempt() > 1;
    }

    /** Returns executions by Temporal's list filter, in no order. */
    public List<RunState> list(String query, int limit) {
        return call(() -> {
            try (Stream<io.temporal.client.WorkflowExecutionMetadata> found = client.listExecutions(query)) {
                return found.limit(limit).map(run -> RunState.of(run, false)).toList();
            }
        });
    }

    /** Returns the state with whether an open run is stuck, which a list does not contain. */
    public RunState describeIfOpen(RunState listed) {
        return listed.open() ? describe(listed.run().id(), listed.run().runId()) : listed;
    }

    /** Returns runs whose workflow task fails repeatedly; a list does not contain this, so each open run is described. */
    public List<RunState> listStuck(String query, int limit) {
        return list(query, limit).stream()
                .map(this::describeIfOpen)
                .filter(RunState::stuck)
                .toList();
    }

    /** Escapes a value for a list filter, where it stands between single quotes. */
    public static String escapeForFilter(String value) {
        return value.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Returns the names of the workers that polled the task queue within the last minutes. */
    public List<String> pollers(String taskQueue) {
        return call(() -> CallDeadline.within(
                        LIMIT,
                        () -> stubs.blockingStub()
                                .describeTaskQueue(DescribeTaskQueueRequest.newBuilder()
                                        .setNamespace(namespace())
                                        .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                                        .setTaskQueueType(TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW)
                                        .build())))
                .getPollersList()
                .stream()
                .map(poller -> poller.getIdentity())
                .distinct()
                .toList();
    }

    WorkflowStub stub(Run run) {
        WorkflowTargetOptions.Builder target =
                WorkflowTargetOptions.newBuilder().setWorkflowId(run.id());
        if (!run.runId().isEmpty()) {
            target.setRunId(run.runId());
        }
        return client.newUntypedWorkflowStub(target.build());
    }

    @Override
    public void close() {
        closing.run();
    }
}
