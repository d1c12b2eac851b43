package dev.sluice.starter;

import com.google.protobuf.Message;
import dev.sluice.starter.session.CliEnvironment;
import dev.sluice.starter.temporal.TemporalClient;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.failure.v1.ApplicationFailureInfo;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.history.v1.WorkflowExecutionFailedEventAttributes;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryRequest;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Runs some commands against a stub of Temporal in which every run fails at once. The JVM archives the classes that they load:
 * with the archive the command line starts in half the time.
 */
public final class CliArchiveTraining {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("list"),
            List.of("status"),
            List.of("deploy", "--role", "app", "--reason", "training"),
            List.of("--output", "json", "list"));

    private CliArchiveTraining() {}

    /** Runs the training commands; the only argument is the path of a cluster file. */
    public static void main(String[] words) throws IOException {
        runCommands(words[0]);
        // The SDK's threads would keep the process alive for a while.
        System.exit(0);
    }

    /** Runs the commands and returns their exit codes. */
    static List<Integer> runCommands(String clusterFile) throws IOException {
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(new FailingWorkflowService())
                .build()
                .start();
        try {
            CliEnvironment stub = new CliEnvironment(
                    Map.of("TEMPORAL_ADDRESS", "127.0.0.1:" + server.getPort(), "SLUICE_FILE", clusterFile),
                    Path.of(""),
                    new PrintWriter(Writer.nullWriter()),
                    new PrintWriter(Writer.nullWriter()),
                    false,
                    Clock.systemUTC(),
                    Duration.ofSeconds(10),
                    TemporalClient::open);
            return COMMANDS.stream()
                    .map(words -> Sluice.run(stub, words.toArray(String[]::new)))
                    .toList();
        } finally {
            server.shutdownNow();
        }
    }

    private static final class FailingWorkflowService extends WorkflowServiceGrpc.WorkflowServiceImplBase {
        @Override
        public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
            end(answer, GetSystemInfoResponse.getDefaultInstance());
        }

        @Override
        public void describeNamespace(
                DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
            end(answer, DescribeNamespaceResponse.getDefaultInstance());
        }

        @Override
        public void describeTaskQueue(
                DescribeTaskQueueRequest request, StreamObserver<DescribeTaskQueueResponse> answer) {
            end(
                    answer,
                    DescribeTaskQueueResponse.newBuilder()
                            .addPollers(PollerInfo.getDefaultInstance())
                            .build());
        }

        @Override
        public void listWorkflowExecutions(
                ListWorkflowExecutionsRequest request, StreamObserver<ListWorkflowExecutionsResponse> answer) {
            end(answer, ListWorkflowExecutionsResponse.getDefaultInstance());
        }

        @Override
        public void startWorkflowExecution(
                StartWorkflowExecutionRequest request, StreamObserver<StartWorkflowExecutionResponse> answer) {
            end(
                    answer,
                    StartWorkflowExecutionResponse.newBuilder()
                            .setRunId("training")
                            .setStarted(true)
                            .build());
        }

        @Override
        public void getWorkflowExecutionHistory(
                GetWorkflowExecutionHistoryRequest request,
                StreamObserver<GetWorkflowExecutionHistoryResponse> answer) {
            HistoryEvent failed = HistoryEvent.newBuilder()
                    .setEventId(1)
                    .setEventType(EventType.EVENT_TYPE_WORKFLOW_EXECUTION_FAILED)
                    .setWorkflowExecutionFailedEventAttributes(WorkflowExecutionFailedEventAttributes.newBuilder()
                            .setFailure(Failure.newBuilder()
                                    .setMessage("training run")
                                    .setApplicationFailureInfo(
                                            ApplicationFailureInfo.newBuilder().setType("TRAINING"))))
                    .build();
            end(
                    answer,
                    GetWorkflowExecutionHistoryResponse.newBuilder()
                            .setHistory(History.newBuilder().addEvents(failed))
                            .build());
        }

        private static <T extends Message> void end(StreamObserver<T> answer, T message) {
            answer.onNext(message);
            answer.onCompleted();
        }
    }
}
