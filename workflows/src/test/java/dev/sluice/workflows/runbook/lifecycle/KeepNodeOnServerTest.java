package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A kept node from its failure to its end, in real time on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class KeepNodeOnServerTest {
    private static final String NAME = "hello-app-k3f9";
    private static final String RUN = "node/hello/" + NAME;
    private static final String KEEP = "keep/hello/" + NAME;

    @RegisterExtension
    final TestTemporal temporal = TestTemporal.onARealServer();

    private static FakeWorld before() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    private FakeWorld failed(Duration kept) {
        FakeWorld world = before().closesGate("http", "503");
        temporal.in(world).start(DeployNode.class, RUN, TestPlans.node(Role.APP, NAME, false, Optional.of(kept)));
        assertThat(temporal.ended(RUN)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
        return world;
    }

    @Test
    void keptNodeOutlivesItsRunUntilItsTimeIsOver() {
        FakeWorld world = failed(Duration.ofSeconds(3));

        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine");
        assertThat(temporal.ended(KEEP)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void keptNodeIsDestroyedWhenItsKeepingIsCancelled() {
        FakeWorld world = failed(Duration.ofHours(1));
        assertThat(temporal.client()
                        .newWorkflowStub(KeepNode.class, KEEP)
                        .report()
                        .sentence())
                .matches(
                        "hello-app-k3f9 is kept, out of traffic, until \\S+ \\S+ UTC, then destroyed: it failed to be deployed");

        temporal.client().newUntypedWorkflowStub(KEEP).cancel("ana: seen enough");

        assertThat(temporal.ended(KEEP)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(temporal.client()
                        .newWorkflowStub(KeepNode.class, KEEP)
                        .report()
                        .outcome())
                .isEqualTo(RunOutcome.DONE);
        assertThat(world.picture()).isEqualTo(before().picture());
    }
}
