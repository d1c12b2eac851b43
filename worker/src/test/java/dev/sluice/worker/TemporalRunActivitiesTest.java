package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.activity.RunActivities.NodeOwner;
import dev.sluice.workflows.activity.RunActivities.OpenNodeRun;
import dev.sluice.workflows.activity.RunActivities.RunStatus;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeName;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.RespondWorkflowTaskFailedRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.testing.TemporalDevServer;
import io.temporal.testing.TemporalDevServerOptions;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class TemporalRunActivitiesTest {
    private static final ClusterName HELLO = new ClusterName("hello");

    private final Instant began = Instant.now().minusSeconds(1);

    private static TemporalDevServer server;
    private static WorkflowServiceStubs stubs;
    private static WorkflowClient client;

    @BeforeAll
    static void aRealServer() {
        server = TemporalDevServer.start(
                "sluice",
                TemporalDevServerOptions.newBuilder()
                        .setExistingPath(System.getenv("TEMPORAL_CLI_PATH"))
                        .setDownloadEnabled(false)
                        .setIp("127.0.0.1")
                        .setExtraArgs("--log-level", "error")
                        .build());
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.getTarget())
                .validateAndBuildWithDefaults());
        client = WorkflowClient.newInstance(
                stubs, WorkflowClientOptions.newBuilder().setNamespace("sluice").build());
    }

    @AfterAll
    static void stop() {
        stubs.shutdownNow();
        server.close();
    }

    @Test
    void nodeIsOwnedByItsRunOrItsKeepRun() {
        open("node/hello/hello-app-busy");
        closed("node/hello/hello-app-dead");
        closed("node/hello/hello-app-kept");
        open("keep/hello/hello-app-kept");
        closed("node/hello/hello-app-gone");
        closed("keep/hello/hello-app-gone");

        assertThat(owner("hello-app-busy")).isEqualTo("OPEN node/hello/hello-app-busy");
        assertThat(owner("hello-app-dead")).isEqualTo("CLOSED node/hello/hello-app-dead");
        assertThat(owner("hello-app-kept")).isEqualTo("OPEN keep/hello/hello-app-kept");
        assertThat(owner("hello-app-gone")).isEqualTo("CLOSED node/hello/hello-app-gone");
        assertThat(owner("hello-app-what")).isEqualTo("UNKNOWN node/hello/hello-app-what");
    }

    @Test
    void baseDropletIsOwnedByTheBakeOfItsRole() {
        assertThat(owner("hello-app-bake-k3f9")).startsWith("UNKNOWN");

        open("bake/hello/app");
        assertThat(owner("hello-app-bake-k3f9")).isEqualTo("OPEN bake/hello/app");
        assertThat(owner("hello-proxy-bake-k3f9")).startsWith("UNKNOWN");
        assertThat(owner("hello-app-k3f9")).startsWith("UNKNOWN");

        client.newUntypedWorkflowStub("bake/hello/app").terminate("over");
        assertThat(owner("hello-app-bake-k3f9")).isEqualTo("CLOSED bake/hello/app");
    }

    @Test
    void returnsEndAndFirstExecutionOfAnOwner() {
        String run = open("node/hello/hello-app-over");
        client.newUntypedWorkflowStub("node/hello/hello-app-over").terminate("over");

        NodeOwner owner = new TemporalRunActivities(client)
                .owners(HELLO, List.of(new NodeName("hello-app-over")))
                .get(0);

        assertThat(owner.firstRun()).contains(run);
        assertThat(owner.closed())
                .get(InstanceOfAssertFactories.INSTANT)
                .isBetween(began, Instant.now().plusSeconds(1));
    }

    @Test
    void listsOnlyOpenRunsOfTheClustersNodes() {
        open("node/listed/listed-app-busy");
        open("keep/listed/listed-app-kept");
        open("change/listed/app");
        open("node/listedtoo/other-app-busy");
        closed("node/listed/listed-app-dead");

        assertThat(new TemporalRunActivities(client).open(new ClusterName("listed")))
                .extracting(OpenNodeRun::workflowId)
                .containsExactlyInAnyOrder("node/listed/listed-app-busy", "keep/listed/listed-app-kept");
    }

    @Test
    void runWithRepeatedlyFailingWorkflowTaskIsStuck() {
        new SearchAttributeCheck(
                        OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                                .setChannel(stubs.getRawChannel())
                                .validateAndBuildWithDefaults()),
                        "sluice")
                .ensure();
        client.newUntypedWorkflowStub(
                        "Anything",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue("a-bug-works")
                                .setWorkflowId("change/stuck/app")
                                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                                        .set(SluiceAttributes.CLUSTER, "stuck")
                                        .build())
                                .build())
                .start();

        failsATask();
        assertThat(new TemporalRunActivities(client).stuck(new ClusterName("stuck")))
                .isEmpty();
        failsATask();
        assertThat(new TemporalRunActivities(client).stuck(new ClusterName("stuck")))
                .containsExactly("change/stuck/app");
        assertThat(new TemporalRunActivities(client).stuck(new ClusterName("other")))
                .isEmpty();
    }

    private static void failsATask() {
        PollWorkflowTaskQueueResponse task = stubs.blockingStub()
                .pollWorkflowTaskQueue(PollWorkflowTaskQueueRequest.newBuilder()
                        .setNamespace("sluice")
                        .setTaskQueue(TaskQueue.newBuilder().setName("a-bug-works"))
                        .build());
        stubs.blockingStub()
                .respondWorkflowTaskFailed(RespondWorkflowTaskFailedRequest.newBuilder()
                        .setNamespace("sluice")
                        .setTaskToken(task.getTaskToken())
                        .build());
    }

    private static String owner(String node) {
        List<NodeOwner> owners = new TemporalRunActivities(client).owners(HELLO, List.of(new NodeName(node)));
        assertThat(owners).singleElement().extracting(NodeOwner::node).isEqualTo(new NodeName(node));
        RunStatus life = owners.get(0).life();
        return life + " " + owners.get(0).workflowId();
    }

    private static String open(String id) {
        return client.newUntypedWorkflowStub(
                        "Anything",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue("nobody-works")
                                .setWorkflowId(id)
                                .build())
                .start()
                .getRunId();
    }

    private static void closed(String id) {
        open(id);
        client.newUntypedWorkflowStub(id).terminate("over");
    }
}
