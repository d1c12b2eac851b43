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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a step that has to wait asks of a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class RateLimitOnServerTest {
    private TestTemporal bench;

    @BeforeAll
    void start() {
        bench = TestTemporal.onARealServer();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    @ParameterizedTest(name = "for {0} ns")
    @ValueSource(longs = {0, 1, 999_999, 1_000_000, 300_000_000})
    void aStepThatHasToWaitEverSoShortlyIsTriedAgain(long nanos) {
        String name = "hello-app-" + nanos;
        String run = "node/hello/" + name;
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
        world.calls.before("Cloud.AwaitDroplet", () -> {
            throw TypedFailures.retryableAfter(FailureType.CLOUD_BUSY, "not now", Duration.ofNanos(nanos));
        });

        bench.in(world).start(DeployNode.class, run, TestPlans.node(Role.APP, name));

        assertThat(bench.ended(run)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
    }
}
