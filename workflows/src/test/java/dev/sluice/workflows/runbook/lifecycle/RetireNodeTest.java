package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeAdoption;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RetireNodeTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private NodeReport retire(FakeWorld world, Role role, String name) {
        return temporal.in(world).stub(RetireNode.class, "node/hello/" + name).run(TestPlans.retire(role, name));
    }

    @Test
    void retiresAnAppServerInTheStepsOfItsPage() {
        FakeWorld world = FakeWorld.cluster();
        NodeReport report = retire(world, Role.APP, "hello-app-9xd1");
        DocumentPage page = DocumentPage.of("runbooks/retire-node.md").under("An app server");

        assertThat(world.picture()).noneMatch(line -> line.contains("hello-app-9xd1"));
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
        temporal.replay("node/hello/hello-app-9xd1");
    }

    @Test
    void retiresAProxyInTheStepsOfItsPage() {
        FakeWorld world = FakeWorld.cluster();
        NodeReport report = retire(world, Role.PROXY, "hello-proxy-b");
        DocumentPage page = DocumentPage.of("runbooks/retire-node.md").under("A proxy");

        assertThat(world.picture()).noneMatch(line -> line.contains("hello-proxy-b"));
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
    }

    @Test
    void keepsTheLastProxyPublishedWhileItsRetirementBegan() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-b", NodeState.READY);
        world.calls.before("Dns.Withdraw", () -> world.publish("hello-proxy-b"));

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture()).contains("record hello-proxy-b");
    }

    @Test
    void withdrawsAgainAProxyPublishedAfterItsWithdrawal() {
        FakeWorld world = FakeWorld.cluster().withProxy("hello-proxy-c", NodeState.READY);
        List<String> publishedAtTheEnd = new ArrayList<>();
        world.calls
                .before("Cloud.DestroyDroplet", () -> publishedAtTheEnd.addAll(world.published()))
                .after(effect -> {
                    if (effect.call().equals(new CallKey("Dns.Withdraw", 1))) {
                        world.publish("hello-proxy-c");
                    }
                });

        retire(world, Role.PROXY, "hello-proxy-c");

        assertThat(publishedAtTheEnd).containsExactlyInAnyOrder("hello-proxy-a", "hello-proxy-b");
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void leavesNoRecordOfAProxyPublishedJustBeforeItIsDestroyed() {
        FakeWorld world = FakeWorld.cluster().withProxy("hello-proxy-c", NodeState.READY);
        world.calls.before("Cloud.DestroyDroplet", () -> world.publish("hello-proxy-c"));

        retire(world, Role.PROXY, "hello-proxy-c");

        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void keepsAProxyWhoseOnlyPublishedSiblingDoesNotAnswer() {
        FakeWorld world = FakeWorld.cluster().turnsOff("hello-proxy-a");

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        NodeReport report = TestTemporal.carried(failed, NodeReport.class);
        assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(report.failure().orElseThrow().exitCode()).isEqualTo(5);
        assertThat(report.sentence()).contains("0 published proxies would serve clients");
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void keepsTheLastAppServerOpenedWhileItsRetirementBegan() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.READY);
        world.calls.before("Membership.Leave", () -> world.open("hello-app-9xd1"));

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture()).contains("hello-proxy-a has hello-app-9xd1 JOINED");
    }

    @Test
    void keepsTheLastAppServerWhenAProxyAdoptsWhileItsRetirementBegins() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        world.calls.before("Membership.Leave", () -> FakeAdoption.by(world, new NodeName("hello-proxy-a")));

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture())
                .contains("app hello-app-9xd1 in-service", "hello-proxy-a has hello-app-9xd1 JOINED");
    }

    @Test
    void keepsANodeInServiceWithoutAShownAddress() {
        FakeWorld world = FakeWorld.cluster().hidesAddress("hello-app-9xd1").hidesAddress("hello-proxy-b");
        List<String> before = world.picture();

        Throwable app = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));
        Throwable proxy = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(app, NodeReport.class).sentence())
                .contains("hello-app-9xd1 is in-service, but DigitalOcean shows no address of it");
        assertThat(TestTemporal.carried(proxy, NodeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void publishesAProxyAgainWhenItsWithdrawFails() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Dns.Withdraw", CallFault.FAILS_AFTER_EFFECT);

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void reportsThatALeaveWithoutAnAnswerMayHaveHappened() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Membership.Leave", CallFault.ANSWER_LOST);

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).sentence())
                .contains("Left behind: hello-app-9xd1, which may be out of some proxies already; retire it again");
    }
}
