package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.activity.CloudActivities.NoDropletCreated;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.CallFault.FaultFrequency;
import dev.sluice.workflows.fake.FakeAdoption;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A failed deployment rolls back, or leaves in quarantine what may still be in traffic. */
class DeployRollbackTest extends SingleNodeTestBase {
    @Test
    void isNotAdoptedBetweenItsLeaveAndItsEnd() {
        FakeWorld world = twoProxiesOneApp();
        world.calls.breaks("Proxy.Probe", CallFault.FAILS_BEFORE_EFFECT);
        world.calls.before("Cloud.DestroyDroplet", () -> {
            world.withProxy(PROXY, NodeState.READY);
            FakeAdoption.by(world, new NodeName(PROXY));
        });

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture())
                .contains(PROXY + " has hello-app-2mq8 JOINED")
                .noneMatch(line -> line.contains(APP));
    }

    @Test
    void isRestoredAlthoughItsDropletWasDestroyedManually() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls
                .before("Proxy.Probe", () -> world.vanished(APP))
                .breaks("Proxy.Probe", CallFault.FAILS_BEFORE_EFFECT);

        assertThat(failing(world, TestPlans.node(Role.APP, APP)).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void staysInQuarantineWhenItCannotBeMarkedLeaving() {
        FakeWorld world = twoProxiesOneApp();
        world.calls
                .breaks("Proxy.Probe", CallFault.FAILS_BEFORE_EFFECT)
                .breaks(new CallKey("Cloud.MarkNode", 2), CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.leftBehind()).first().asString().startsWith("hello-app-k3f9 tagged ready");
        assertThat(world.picture())
                .contains("app hello-app-k3f9 quarantine off")
                .noneMatch(line -> line.contains("has " + APP));
    }

    @Test
    void skipsTheLeaveOnAProxyThatTheJoinNeverWroteTo() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Cloud.MarkNode", () -> world.turnsOff("hello-proxy-b"));

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(world.calls.names()).contains("Membership.Join", "Membership.Leave");
        world.comesBack("hello-proxy-b");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void quarantinesANodeWhoseProxyFailsAfterAnEarlierWrite() {
        FakeWorld world = twoProxiesOneApp();
        CallKey join = new CallKey("Membership.Join", 1);
        world.calls
                .breaks(join, CallFault.FAILS_AFTER_EFFECT, FaultFrequency.ONCE)
                .after(effect -> {
                    if (effect.call().equals(join)) {
                        world.turnsOff("hello-proxy-b");
                    }
                });

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
        assertThat(world.calls.names()).doesNotContain("Cloud.DestroyDroplet");
    }

    @Test
    void namesAnUnreachableProxyBeforeAnyWriteAndSkipsTheLeave() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.turnsOff("hello-proxy-b");

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(says(report, Step.RELOAD_PROXY)).containsExactly("[hello-proxy-b] cannot be reached");
        assertThat(world.calls.names()).doesNotContain("Membership.Join", "Membership.Leave", "Cloud.MarkNode");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void quarantinesANodeThatAProxyMayStillListUntilLeaksRemovesIt() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Proxy.Reload", () -> world.turnsOff("hello-proxy-b"));

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.failure()).contains(FailureType.NOT_UNDONE);
        assertThat(report.sentence())
                .startsWith("NOT restored. Left behind: hello-app-k3f9 in a proxy's list of members")
                .contains("[hello-proxy-b] cannot be reached", "(hello-app-k3f9) is kept in quarantine, powered off");
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
        assertThat(world.calls.names()).doesNotContain("Cloud.DestroyDroplet");

        world.comesBack("hello-proxy-b");
        temporal.stub(FindLeaks.class, "leaks").run(new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void rollsAJoinBackWhenTheProxyAnswersAgain() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls
                .before("Membership.Join", () -> world.turnsOff("hello-proxy-b"))
                .before("Membership.Leave", () -> world.comesBack("hello-proxy-b"));

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void namesADropletThatCannotBeDestroyed() {
        FakeWorld world = twoProxiesOneApp();
        world.calls
                .breaks("Node.FirstBoot", CallFault.FAILS_BEFORE_EFFECT)
                .breaks("Cloud.DestroyDroplet", CallFault.TIMES_OUT);

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.leftBehind())
                .singleElement()
                .asString()
                .startsWith("droplet 4 (hello-app-k3f9) could not be destroyed");
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
    }

    @Test
    void searchesOnceMoreForALateDroplet() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls
                .breaks("Cloud.CreateDroplet", CallFault.TIMES_OUT)
                .before(new CallKey("Cloud.DestroyDroplet", 2), () -> world.appearsLate(APP));

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).endsWith("Cloud.DestroyDroplet", "Cloud.DestroyDroplet");
    }

    @Test
    void waitsForNoLateDropletAfterARefusal() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Cloud.CreateDroplet", () -> {
            throw TypedFailures.withDetails(
                    new NoDropletCreated(new NodeName(APP)),
                    TypedFailures.of(FailureType.CLOUD_DENIED, "the token may only read"));
        });

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.failure()).contains(FailureType.CLOUD_DENIED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).containsOnlyOnce("Cloud.DestroyDroplet");
    }

    @Test
    void anAppServerThatIsTheLastInServiceStays() {
        FakeWorld world = twoProxiesOneApp();
        CallKey inService = new CallKey("Cloud.MarkNode", 2);
        world.calls
                .before(inService, () -> world.hasLeft("hello-app-2mq8"))
                .breaks(inService, CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.leftBehind())
                .containsExactly(
                        "hello-app-k3f9 in a proxy's list of members (0 healthy members would remain, at least 1 must)",
                        "droplet 4 (hello-app-k3f9), which stays in service");
        assertThat(world.picture())
                .contains("app hello-app-k3f9 in-service", "hello-proxy-a has hello-app-k3f9 JOINED");
    }

    @Test
    void aProxyThatIsTheLastPublishedStays() {
        FakeWorld world = twoProxiesOneApp();
        world.calls
                .before("Proxy.Compare", () -> {
                    world.isRetired("hello-proxy-a");
                    world.isRetired("hello-proxy-b");
                })
                .breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.leftBehind())
                .containsExactly(
                        "the record of hello-proxy-c (0 published proxies would serve clients)",
                        "droplet 4 (hello-proxy-c), which stays in service");
        assertThat(world.picture())
                .contains("proxy hello-proxy-c in-service", "record hello-proxy-c", "app hello-app-2mq8 in-service");
    }

    @Test
    void membersThatTheLastProxyOpenedStayInService() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.breaks(new CallKey("Cloud.MarkNode", 3), CallFault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(world.picture())
                .contains("proxy hello-proxy-c in-service", "record hello-proxy-c", "app hello-app-2mq8 in-service");
    }
}
