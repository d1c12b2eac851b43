package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** Deployments of one node in a fake world, as its tests begin them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneNodeCase {
    static final String APP = "hello-app-k3f9";
    static final String PROXY = "hello-proxy-c";

    Bench bench;

    @BeforeAll
    void start() {
        bench = new Bench();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    static FakeWorld twoProxiesOneApp() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    NodeReport deploy(FakeWorld world, Role role, String name) {
        return deploy(world, Plans.node(role, name));
    }

    NodeReport deploy(FakeWorld world, NodePlan plan) {
        return bench.in(world)
                .stub(DeployNode.class, "node/hello/" + plan.ref().name())
                .run(plan);
    }

    NodeReport failing(FakeWorld world, NodePlan plan) {
        Throwable failed = catchThrowable(() -> deploy(world, plan));
        NodeReport report = Bench.carried(failed, NodeReport.class);
        assertThat(Failures.in(failed).orElseThrow().getOriginalMessage()).isEqualTo(report.sentence());
        return report;
    }

    static List<String> says(NodeReport report, Step step) {
        return report.steps().stream()
                .filter(each -> each.step() == step)
                .map(StepReport::says)
                .toList();
    }
}
