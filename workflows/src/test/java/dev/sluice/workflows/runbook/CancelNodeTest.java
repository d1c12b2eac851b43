package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A deployment that is cancelled takes everything back and stays CANCELED in Temporal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelNodeTest {
    private static final String NAME = "hello-new-k3f9";
    private static final String RUN = "node/hello/" + NAME;

    private Bench bench;

    @BeforeAll
    void start() {
        bench = new Bench();
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

    @Test
    void takesEverythingBackWhenCancelledInTheCreate() {
        FakeWorld world = before();
        world.calls.before(
                "Cloud.CreateDroplet",
                () -> bench.client().newUntypedWorkflowStub(RUN).cancel("by ana: wrong day"));
        DeployNode deploy = bench.in(world).stub(DeployNode.class, RUN);

        WorkflowClient.start(deploy::run, Plans.node(Role.APP, NAME));
        bench.until(
                "the run is over",
                () -> bench.status(RUN) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);

        NodeReport report = deploy.report();
        assertThat(bench.status(RUN)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.sentence()).contains("everything is as before: it was cancelled");
        assertThat(world.picture()).isEqualTo(before().picture());
        bench.replay(RUN);
    }
}
