package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retries after a wait, on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class RateLimitOnServerTest {
    @RegisterExtension
    final TestTemporal temporal = TestTemporal.onARealServer();

    @ParameterizedTest(name = "for {0} ns")
    @ValueSource(longs = {0, 1, 999_999, 1_000_000, 300_000_000})
    void retriesAfterTheShortestWait(long nanos) {
        String name = "hello-app-" + nanos;
        String run = "node/hello/" + name;
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
        world.calls.before("Cloud.AwaitDroplet", () -> {
            throw TypedFailures.retryableAfter(FailureType.CLOUD_BUSY, "not now", Duration.ofNanos(nanos));
        });

        temporal.in(world).start(DeployNode.class, run, TestPlans.node(Role.APP, name));

        assertThat(temporal.ended(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }
}
