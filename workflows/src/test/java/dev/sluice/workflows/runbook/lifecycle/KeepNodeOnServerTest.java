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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A failed node that is kept, from its failure to its end, in real time on a real server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class KeepNodeOnServerTest {
    private static final String NAME = "hello-app-k3f9";
    private static final String RUN = "node/hello/" + NAME;
    private static final String KEEP = "keep/hello/" + NAME;

    private TestTemporal bench;

    @BeforeAll
    void start() {
        bench = TestTemporal.onARealServer();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    private static FakeWorld before() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    private FakeWorld failed(Duration kept) {
        FakeWorld world = before().closesGate("http", "503");
        bench.in(world).start(DeployNode.class, RUN, TestPlans.node(Role.APP, NAME, false, Optional.of(kept)));
        assertThat(bench.ended(RUN)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_FAILED);
        return world;
    }

    @Test
    void outlivesItsRunAndIsGoneWhenItsTimeIsOver() {
        FakeWorld world = failed(Duration.ofSeconds(3));

        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine");
        assertThat(bench.ended(KEEP)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void isGoneAtOnceWhenItsKeepingIsCancelled() {
        FakeWorld world = failed(Duration.ofHours(1));
        assertThat(bench.client().newWorkflowStub(KeepNode.class, KEEP).report().sentence())
                .matches(
                        "hello-app-k3f9 is kept, out of traffic, until \\S+ \\S+ UTC, then destroyed: it failed to be deployed");

        bench.client().newUntypedWorkflowStub(KEEP).cancel("ana: seen enough");

        assertThat(bench.ended(KEEP)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(bench.client().newWorkflowStub(KeepNode.class, KEEP).report().outcome())
                .isEqualTo(RunOutcome.DONE);
        assertThat(world.picture()).isEqualTo(before().picture());
    }
}
