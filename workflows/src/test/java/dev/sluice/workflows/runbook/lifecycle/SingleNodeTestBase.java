package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport;
import java.util.List;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deploys one node in a fake world. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SingleNodeTestBase {
    static final String APP = "hello-app-k3f9";
    static final String PROXY = "hello-proxy-c";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    static FakeWorld twoProxiesOneApp() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    NodeReport deploy(FakeWorld world, Role role, String name) {
        return deploy(world, TestPlans.node(role, name));
    }

    NodeReport deploy(FakeWorld world, NodePlan plan) {
        return temporal.in(world)
                .stub(DeployNode.class, "node/hello/" + plan.ref().name())
                .run(plan);
    }

    NodeReport failing(FakeWorld world, NodePlan plan) {
        Throwable failed = catchThrowable(() -> deploy(world, plan));
        NodeReport report = TestTemporal.carried(failed, NodeReport.class);
        assertThat(TypedFailures.findTyped(failed).orElseThrow().getOriginalMessage())
                .isEqualTo(report.sentence());
        return report;
    }

    static List<String> says(NodeReport report, Step step) {
        return report.steps().stream()
                .filter(each -> each.step() == step)
                .map(StepReport::says)
                .toList();
    }
}
