package dev.sluice.worker;

import com.google.protobuf.Message;
import dev.sluice.workflows.SluiceAttributes;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesResponse;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.ListSchedulesRequest;
import io.temporal.api.workflowservice.v1.ListSchedulesResponse;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc;
import io.temporal.common.SearchAttributeKey;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

/**
 * Starts a worker at a Temporal of its own that has no work, and ends once it is ready. The JVM that does so can keep the
 * classes in an archive at its end, with which a worker starts in half the time.
 */
public final class WorkerArchiveTraining {
    private WorkerArchiveTraining() {}

    /** Serves a Temporal without work at {@code TEMPORAL_ADDRESS}, a free port that the worker connects to. */
    public static void main(String[] words) throws IOException {
        String address = System.getenv("TEMPORAL_ADDRESS");
        int colon = address.lastIndexOf(':');
        Server server = NettyServerBuilder.forAddress(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))))
                .addService(new WithoutWork())
                .addService(new WithAllAttributes())
                .build()
                .start();
        int exit = WorkerMain.start(System.getenv(), System.err);
        server.shutdownNow();
        // The worker's threads would keep the JVM alive.
        System.exit(exit);
    }

    private static <T extends Message> void end(StreamObserver<T> answer, T message) {
        answer.onNext(message);
        answer.onCompleted();
    }

    private static final class WithAllAttributes extends OperatorServiceGrpc.OperatorServiceImplBase {
        @Override
        public void listSearchAttributes(
                ListSearchAttributesRequest request, StreamObserver<ListSearchAttributesResponse> answer) {
            end(
                    answer,
                    ListSearchAttributesResponse.newBuilder()
                            .putAllCustomAttributes(SluiceAttributes.ALL.stream()
                                    .collect(Collectors.toMap(
                                            SearchAttributeKey::getName, SearchAttributeKey::getValueType)))
                            .build());
        }
    }

    private static final class WithoutWork extends WorkflowServiceGrpc.WorkflowServiceImplBase {
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
        public void listSchedules(ListSchedulesRequest request, StreamObserver<ListSchedulesResponse> answer) {
            end(answer, ListSchedulesResponse.getDefaultInstance());
        }

        /** Never answers, as if there was no work. */
        @Override
        public void pollWorkflowTaskQueue(
                PollWorkflowTaskQueueRequest request, StreamObserver<PollWorkflowTaskQueueResponse> answer) {}

        /** Never answers, as if there was no work. */
        @Override
        public void pollActivityTaskQueue(
                PollActivityTaskQueueRequest request, StreamObserver<PollActivityTaskQueueResponse> answer) {}
    }
}
