package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A deployment that is cancelled in any of its calls takes everything back and stays CANCELED in Temporal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelNodeTest {
    private static final String NAME = "hello-new-k3f9";
    private static final String RUN = "node/hello/" + NAME;

    private Bench bench;

    @BeforeAll
    void start() {
        bench = Bench.inRealTime();
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

    /** Each call, and whether it is too late by then: the last two find the node in service. */
    Stream<Arguments> everyCall() {
        return Stream.of(Role.APP, Role.PROXY).flatMap(role -> {
            FakeWorld good = before();
            deploy(good, role);
            List<Call> calls = good.calls.all();
            return calls.stream().map(call -> Arguments.of(role, call, calls.indexOf(call) >= calls.size() - 2));
        });
    }

    @ParameterizedTest(name = "{0}: cancelled in {1}")
    @MethodSource("everyCall")
    void takesEverythingBack(Role role, Call call, boolean tooLate) {
        FakeWorld world = before();
        world.calls.before(
                call, () -> bench.client().newUntypedWorkflowStub(RUN).cancel("by ana: wrong day"));

        WorkflowClient.start(bench.in(world).stub(DeployNode.class, RUN)::run, Plans.node(role, NAME));
        bench.until(
                "the run is over",
                () -> bench.status(RUN) != WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);

        NodeReport report =
                bench.client().newWorkflowStub(DeployNode.class, RUN).report();
        if (tooLate) {
            assertThat(report.outcome()).isEqualTo(Outcome.DONE);
            return;
        }
        assertThat(bench.status(RUN)).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.sentence()).contains("everything is as before: it was cancelled");
        assertThat(world.picture()).isEqualTo(before().picture());
        bench.replay(RUN);
    }

    private NodeReport deploy(FakeWorld world, Role role) {
        return bench.in(world).stub(DeployNode.class, RUN).run(Plans.node(role, NAME));
    }
}
