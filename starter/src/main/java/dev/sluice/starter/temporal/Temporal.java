package dev.sluice.starter.temporal;

import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Retry;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.RunView;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.NodeReport;
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

/** The connection to Temporal and what is read over it; no call lasts longer than {@link #LIMIT}. */
public final class Temporal implements AutoCloseable {
    static final Duration LIMIT = Duration.ofSeconds(10);
    /** A query waits for a worker; longer than this means that none answers. */
    private static final Duration QUERY = Duration.ofSeconds(4);

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final String address;
    private final Runnable closing;

    /** Over a connection that somebody else closes. */
    public Temporal(WorkflowServiceStubs stubs, WorkflowClient client, String address) {
        this(stubs, client, address, () -> {});
    }

    private Temporal(WorkflowServiceStubs stubs, WorkflowClient client, String address, Runnable closing) {
        this.stubs = stubs;
        this.closing = closing;
        this.client = client;
        this.address = address;
    }

    /** Connects with {@code TEMPORAL_*} variables and profiles; fails at once with a sentence if nobody answers. */
    public static Temporal open(Map<String, String> environment) {
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
            Temporal temporal = new Temporal(stubs, client, stubs.getOptions().getTarget(), stubs::shutdownNow);
            temporal.check();
            return temporal;
        } catch (IOException | IllegalArgumentException | IllegalStateException broken) {
            throw new Trouble(
                    ExitCode.USAGE,
                    "The settings for Temporal (TEMPORAL_* variables or its TOML file) cannot be used: %s"
                            .formatted(broken.getMessage()),
                    broken);
        }
    }

    /** Throws the sentence for exit code 9 if the server or the namespace does not answer within 5 s. */
    public void check() {
        call(() -> Deadline.within(
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

    /** The server's version, as it says. */
    public String version() {
        return call(() -> Deadline.within(
                LIMIT,
                () -> stubs.blockingStub()
                        .getSystemInfo(GetSystemInfoRequest.getDefaultInstance())
                        .getServerVersion()));
    }

    /** Whether the way there is encrypted. */
    public boolean isSecure() {
        return stubs.getOptions().getSslContext() != null || stubs.getOptions().getEnableHttps();
    }

    /** Whether nobody on the way can read along. */
    public boolean isPrivate() {
        return isSecure() || address.matches("(localhost|127\\.[0-9.]+|\\[::1]|in process)(:.*)?");
    }

    public WorkflowClient client() {
        return client;
    }

    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    /** What to tell the operator of an exception of Temporal's client. */
    public RuntimeException trouble(RuntimeException thrown) {
        return Troubles.of(thrown, address, namespace());
    }

    /** Runs a call and turns what Temporal's client throws into a sentence. */
    public <R> R call(Supplier<R> call) {
        try {
            return call.get();
        } catch (RuntimeException thrown) {
            throw Troubles.of(thrown, address, namespace());
        }
    }

    /** What the run reports now; empty if no worker answers, or not in time. */
    public <R> Optional<R> report(Run run, Class<R> type) {
        try {
            return asked(run, type).map(new NodesNow(this::nodeReport)::in);
        } catch (io.temporal.client.WorkflowNotFoundException gone) {
            throw Troubles.of(gone, address, namespace());
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException nobody) {
            return Optional.empty();
        }
    }

    private <R> Optional<R> asked(Run run, Class<R> type) {
        return Optional.ofNullable(Deadline.within(QUERY, () -> stub(run).query("report", type)));
    }

    private Optional<NodeReport> nodeReport(String workflowId) {
        try {
            return asked(new Run(workflowId, ""), NodeReport.class);
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException notYet) {
            return Optional.empty();
        }
    }

    /** Completes the view of a run that goes on with what is tried again just now. */
    public RunView retrying(RunView view, Run run) {
        return view.retrying(part -> retry(run.on(part.node())));
    }

    private Optional<Retry> retry(Run run) {
        try {
            return Retries.in(Deadline.within(QUERY, () -> stub(run).describe())
                    .getRawDescription()
                    .getPendingActivitiesList());
        } catch (io.temporal.client.WorkflowException | io.grpc.StatusRuntimeException unknown) {
            return Optional.empty();
        }
    }

    /** Completes when the run closes. */
    public <R> CompletableFuture<Ended<R>> result(Run run, Class<R> type) {
        return stub(run).getResultAsync(type).handle((result, thrown) -> {
            if (thrown == null) {
                return Ended.of(result);
            }
            Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : thrown;
            if (cause instanceof WorkflowFailedException failed) {
                return Ended.of(failed, type);
            }
            throw new CompletionException(cause);
        });
    }

    /** The execution that is meant: the latest of that id, or the one whose run id fits. */
    public RunState find(Run.Reference reference) {
        RunState latest = describe(reference.id(), "");
        if (reference.fits(latest.run().runId())) {
            return latest;
        }
        List<RunState> fitting = list("WorkflowId = '%s'".formatted(quoted(reference.id())), 200).stream()
                .filter(state -> reference.fits(state.run().runId()))
                .toList();
        if (fitting.size() == 1) {
            return describe(reference.id(), fitting.get(0).run().runId());
        }
        throw new Trouble(
                ExitCode.USAGE,
                fitting.isEmpty()
                        ? "There is no run %s; the latest is %s"
                                .formatted(reference, latest.run().shown())
                        : "%s fits %d runs; give more of the run id, such as %s"
                                .formatted(
                                        reference,
                                        fitting.size(),
                                        fitting.get(0).run().runId()));
    }

    private RunState describe(String id, String runId) {
        WorkflowExecutionDescription found =
                call(() -> Deadline.within(LIMIT, () -> stub(new Run(id, runId)).describe()));
        return RunState.of(found, stuck(found));
    }

    /** A workflow task that failed more than once: a bug of ours, not a fault of the world. */
    private static boolean stuck(WorkflowExecutionDescription found) {
        return found.getRawDescription().getPendingWorkflowTask().getAttempt() > 1;
    }

    /** Executions by Temporal's list filter, in no order. */
    public List<RunState> list(String query, int limit) {
        return call(() -> {
            try (Stream<io.temporal.client.WorkflowExecutionMetadata> found = client.listExecutions(query)) {
                return found.limit(limit).map(run -> RunState.of(run, false)).toList();
            }
        });
    }

    /** The same with what a list does not tell of open runs: whether they are stuck. */
    public RunState looked(RunState listed) {
        return listed.open() ? describe(listed.run().id(), listed.run().runId()) : listed;
    }

    /** Open runs whose workflow task fails again and again; a list does not tell, so that each is described. */
    public List<RunState> stuck(String query, int limit) {
        return list(query, limit).stream()
                .map(this::looked)
                .filter(RunState::stuck)
                .toList();
    }

    /** A value for a list filter between single quotes. */
    public static String quoted(String value) {
        return value.replace("\\", "\\\\").replace("'", "\\'");
    }

    /** Who asks that task queue for work, seen within the last minutes; names of workers. */
    public List<String> pollers(String taskQueue) {
        return call(() -> Deadline.within(
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
