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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployNodeTest {
    private static final String APP = "hello-app-k3f9";
    private static final String APP_RUN = "node/hello/" + APP;

    private Bench bench;

    @BeforeAll
    void start() {
        bench = new Bench();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    private static FakeWorld twoProxiesOneApp() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    @Test
    void putsAnAppServerIntoServiceOnEveryProxy() {
        FakeWorld world = twoProxiesOneApp();

        NodeReport report = bench.in(world).stub(DeployNode.class, APP_RUN).run(Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.sentence()).isEqualTo("hello-app-k3f9 is in service.");
        assertThat(world.picture())
                .contains(
                        "app hello-app-k3f9 in-service",
                        "hello-proxy-a has hello-app-k3f9 JOINED",
                        "hello-proxy-b has hello-app-k3f9 JOINED");
        bench.replay(APP_RUN);
    }
}
