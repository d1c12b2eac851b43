package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a real server keeps of a failure whose step is tried again: it drops one of more than 4 KiB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class PendingFailureOnServerTest {
    @RegisterExtension
    final TestTemporal temporal = TestTemporal.onARealServer();

    @ParameterizedTest
    @EnumSource(FailureType.class)
    void thePendingStepSaysItsSentence(FailureType type) {
        String name = "hello-app-" + type.name().toLowerCase(Locale.ROOT).replace("_", "");
        String run = "node/hello/" + name;
        Set<String> said = ConcurrentHashMap.newKeySet();
        FakeWorld world = FakeWorld.cluster();
        Runnable listen = () ->
                pending(run).forEach(step -> said.add(step.getLastFailure().getMessage()));
        world.calls.before("Node.FirstBoot", () -> {
            world.calls.before("Node.FirstBoot", listen);
            throw TypedFailures.of(type, "it broke: " + type, deep(60));
        });

        temporal.in(world).start(DeployNode.class, run, TestPlans.node(Role.APP, name));
        temporal.ended(run);

        if (type.isRetryable()) {
            assertThat(said).containsExactly("it broke: " + type);
        } else {
            assertThat(said).isEmpty();
        }
    }

    private List<PendingActivityInfo> pending(String run) {
        return temporal.client()
                .getWorkflowServiceStubs()
                .blockingStub()
                .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                        .setNamespace(temporal.client().getOptions().getNamespace())
                        .setExecution(WorkflowExecution.newBuilder().setWorkflowId(run))
                        .build())
                .getPendingActivitiesList();
    }

    private static Throwable deep(int causes) {
        return causes == 0
                ? new IllegalArgumentException("e".repeat(3_000))
                : new IllegalStateException("wrapped " + causes, deep(causes - 1));
    }
}
