package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import org.junit.jupiter.api.Test;

/**
 * A node without its other half waits, tagged ready; the run that adds the other half puts it into service, or rolls
 * that back.
 */
class WaitingNodesTest extends SingleNodeTestBase {
    @Test
    void withdrawsAWaitingProxyThatServesOtherContentAndLeavesItReady() {
        FakeWorld world = twoProxiesOneApp().withProxy(PROXY, NodeState.READY);
        world.calls.breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.sentence()).contains(PROXY + " could not be published: Proxy.Compare broke");
        assertThat(world.published()).doesNotContain(PROXY);
        assertThat(world.picture()).contains("proxy " + PROXY + " ready");
    }

    @Test
    void keepsTheRecordOfAWaitingProxyThatASiblingHasPublished() {
        FakeWorld world = twoProxiesOneApp().withProxy(PROXY, NodeState.READY);
        world.calls.before("Proxy.Compare", () -> world.withProxy(PROXY, NodeState.IN_SERVICE));
        world.calls.breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.sentence()).contains(PROXY + " is published too");
        assertThat(world.published()).contains(PROXY);
        assertThat(world.picture()).contains("proxy " + PROXY + " in-service");
    }

    @Test
    void leavesAnAppServerReadyUntilTheFirstProxyAdoptsIt() {
        FakeWorld world = new FakeWorld();

        NodeReport app = deploy(world, Role.APP, APP);
        assertThat(app.sentence()).contains("is ready, not in service: there is no proxy yet");
        assertThat(world.picture()).containsExactly("app hello-app-k3f9 ready");

        NodeReport proxy = deploy(world, Role.PROXY, PROXY);
        assertThat(proxy.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.picture())
                .containsExactly(
                        "app hello-app-k3f9 in-service",
                        "proxy hello-proxy-c in-service",
                        "hello-proxy-c has hello-app-k3f9 JOINED",
                        "record hello-proxy-c");
    }

    @Test
    void publishesAWaitingProxyWithTheFirstAppServer() {
        FakeWorld world = new FakeWorld();

        NodeReport proxy = deploy(world, Role.PROXY, PROXY);
        assertThat(proxy.sentence()).contains("is ready, not in service: there is no member yet");
        assertThat(world.picture()).containsExactly("proxy hello-proxy-c ready");

        NodeReport app = deploy(world, Role.APP, APP);
        assertThat(app.sentence()).isEqualTo("hello-app-k3f9 is in service; hello-proxy-c is published too.");
        assertThat(world.picture())
                .containsExactly(
                        "app hello-app-k3f9 in-service",
                        "proxy hello-proxy-c in-service",
                        "hello-proxy-c has hello-app-k3f9 JOINED",
                        "record hello-proxy-c");
    }

    @Test
    void leavesAReadyAppServerToItsOwnOpenRun() {
        FakeWorld world =
                new FakeWorld().withApp("hello-app-wait", NodeState.READY).ownerIsOpen("hello-app-wait");

        deploy(world, Role.PROXY, PROXY);

        assertThat(world.picture())
                .containsExactly(
                        "app hello-app-wait ready",
                        "proxy hello-proxy-c ready",
                        "hello-proxy-c has hello-app-wait DRAINING");
    }

    @Test
    void leavesNoRecordOfAWaitingProxyRetiredWhileItIsPublished() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls.after(effect -> {
            if (effect.call().activity().equals("Dns.Publish")) {
                world.vanished("hello-proxy-a");
            }
        });

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(world.picture()).noneMatch(line -> line.startsWith("record"));
        assertThat(report.sentence()).contains("hello-proxy-a is gone: ");
    }

    @Test
    void keepsTheRecordOfAWaitingProxyWhoseRetirementIsRefused() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls
                .before("Dns.Publish", () -> world.tagged("hello-proxy-a", NodeState.LEAVING))
                .before("Proxy.Compare", () -> world.tagged("hello-proxy-a", NodeState.READY));

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.sentence()).contains("hello-proxy-a is published too");
        assertThat(world.picture()).contains("proxy hello-proxy-a in-service", "record hello-proxy-a");
    }

    @Test
    void keepsTheLeavingTagOfAWaitingProxyWhoseRetirementBegins() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls.before("Dns.Publish", () -> world.tagged("hello-proxy-a", NodeState.LEAVING));

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.sentence()).contains("hello-proxy-a could not be published: hello-proxy-a is leaving");
        assertThat(world.picture()).contains("proxy hello-proxy-a leaving");
    }

    @Test
    void marksAppServersReadyAgainWhenTheirFirstProxyCannotBePublished() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.breaks("Dns.Publish", CallFault.FAILS_AFTER_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 ready");
    }

    @Test
    void rollsAProxyBackWhenItsReadyAppServerHasLeft() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.before(new CallKey("Cloud.MarkNode", 2), () -> world.hasLeft("hello-app-2mq8"));

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.sentence()).contains("hello-app-2mq8 is leaving meanwhile");
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 leaving");
    }

    @Test
    void keepsTheLeavingTagOfAnAppServerWhenItsFirstProxyRollsBack() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls
                .before(new CallKey("Cloud.MarkNode", 3), () -> world.hasLeft("hello-app-2mq8"))
                .breaks("Dns.Publish", CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 leaving");
    }

    @Test
    void leavesAnAppServerAloneThatWasDestroyedAfterItWasOpened() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.before("Dns.Publish", () -> world.vanished("hello-app-2mq8"));
        world.calls.breaks("Dns.Publish", CallFault.FAILS_BEFORE_EFFECT);

        assertThat(failing(world, TestPlans.node(Role.PROXY, PROXY)).outcome()).isEqualTo(RunOutcome.RESTORED);
    }
}
