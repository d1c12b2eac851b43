package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.CallFault.FaultFrequency;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployNodeTest extends SingleNodeTestBase {
    @Test
    void putsAnAppServerIntoServiceOnEveryProxy() {
        FakeWorld world = twoProxiesOneApp();

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.sentence()).isEqualTo("hello-app-k3f9 is in service.");
        assertThat(world.picture())
                .contains(
                        "app hello-app-k3f9 in-service",
                        "hello-proxy-a has hello-app-k3f9 JOINED",
                        "hello-proxy-b has hello-app-k3f9 JOINED");
    }

    @Test
    void publishesAProxyAfterProbingItsMembers() {
        FakeWorld world = twoProxiesOneApp();

        NodeReport report = deploy(world, Role.PROXY, PROXY);

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.picture())
                .contains(
                        "proxy hello-proxy-c in-service",
                        "hello-proxy-c has hello-app-2mq8 JOINED",
                        "record hello-proxy-c");
    }

    @Test
    void withdrawsAndDestroysAProxyThatServesOtherContentThanItsSiblings() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);
        world.calls.before("Proxy.Compare", () -> assertThat(world.published()).contains(PROXY));

        NodeReport report = failing(world, TestPlans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).contains("Dns.Withdraw");
    }

    @Test
    void deploysAnAppServerInTheStepsOfItsPage() {
        FakeWorld world = twoProxiesOneApp();
        NodeReport report = deploy(world, Role.APP, APP);

        assertReadsLike(DocumentPage.of("runbooks/deploy-node.md").under("An app server"), APP, report);
    }

    @Test
    void deploysAProxyInTheStepsOfItsPage() {
        FakeWorld world = twoProxiesOneApp();
        NodeReport report = deploy(world, Role.PROXY, PROXY);

        assertReadsLike(DocumentPage.of("runbooks/deploy-node.md").under("A proxy"), PROXY, report);
    }

    private void assertReadsLike(DocumentPage page, String node, NodeReport report) {
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(withoutRepetitions(temporal.history("node/hello/" + node).asked()))
                .containsExactlyElementsOf(page.activities());
    }

    static List<String> withoutRepetitions(List<String> names) {
        List<String> once = new ArrayList<>();
        for (String name : names) {
            if (once.isEmpty() || !once.get(once.size() - 1).equals(name)) {
                once.add(name);
            }
        }
        return once;
    }

    @Test
    void keepsAnUnfitNodeOutAndNamesTheFailedCheck() {
        FakeWorld world = twoProxiesOneApp().closesGate("packages", "apache2 2.4.62, siblings run 2.4.65");
        List<String> before = world.picture();

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.GATE_CLOSED);
        assertThat(report.sentence())
                .isEqualTo(
                        "hello-app-k3f9 is not deployed, everything is as before: hello-app-k3f9 is not fit to join: "
                                + "packages: apache2 2.4.62, siblings run 2.4.65.");
        assertThat(report.evidence().pieces()).extracting("text").containsExactly("last lines of hello-app-k3f9");
        assertThat(report.verdict()).isPresent();
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).doesNotContain("Membership.Join", "Membership.Leave");
    }

    @Test
    void startsNoTimerBetweenTwoPassedInspections() {
        deploy(twoProxiesOneApp(), Role.APP, APP);

        assertThat(temporal.history("node/hello/" + APP).asked()).containsSubsequence("Node.Inspect", "Node.Inspect");
        assertThat(temporal.history("node/hello/" + APP).timers()).isZero();
    }

    @Test
    void inspectsANodeAgainUntilItIsFit() {
        FakeWorld world =
                twoProxiesOneApp().closesGate("http", "503 instead of 200").healsAfterLooks(2);

        assertThat(deploy(world, Role.APP, APP).outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.calls.names().stream().filter("Node.Inspect"::equals)).hasSize(4);
    }

    /** T-H2: 503 while it starts, longer than equal failures may last, and within the gate's time. */
    @Test
    void waitsForAnApplicationThatWarmsUp() {
        FakeWorld world =
                twoProxiesOneApp().warmsUp("http", "503 instead of 200").healsAfterLooks(40);

        assertThat(deploy(world, Role.APP, APP).outcome()).isEqualTo(RunOutcome.DONE);
    }

    @Test
    void namesTheSettingForALongerWarmUp() {
        FakeWorld world = twoProxiesOneApp().warmsUp("http", "503 instead of 200");

        assertThat(failing(world, TestPlans.node(Role.APP, APP)).sentence())
                .endsWith("http: 503 instead of 200; that may pass by itself, but not within 60 s: "
                        + "warmup of the role sets a longer time.");
    }

    @Test
    void probesANewProxyWithoutItsEjectedMember() {
        FakeWorld world = twoProxiesOneApp()
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE)
                .ejected("hello-app-9xd1");

        assertThat(deploy(world, Role.PROXY, PROXY).outcome()).isEqualTo(RunOutcome.DONE);
    }

    @Test
    void makesRoomDuringFirstBootAndReportsItWithTheReload() {
        FakeWorld world = twoProxiesOneApp().crowded();

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(temporal.history("node/hello/" + APP).askedAtOnce())
                .contains(List.of("Proxy.MakeRoom", "Node.FirstBoot"));
        assertThat(says(report, Step.RELOAD_PROXY))
                .containsExactly("while it booted: one graceful on hello-proxy-a, hello-proxy-b, proven; "
                        + "now: live, no reload needed, proven");
    }

    @Test
    void reportsAStepOfItsOwnWhenItWaitsForRoom() {
        FakeWorld world = twoProxiesOneApp().crowded();
        world.calls.breaks(new CallKey("Proxy.MakeRoom", 1), CallFault.TIMES_OUT, FaultFrequency.ONCE);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(says(report, Step.RELOAD_PROXY))
                .containsExactly(
                        "one graceful on hello-proxy-a, hello-proxy-b, proven", "live, no reload needed, proven");
    }

    @Test
    void waitsForItsRoomWhenTheGateClosesMeanwhile() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        world.calls.breaks("Proxy.MakeRoom", CallFault.TIMES_OUT);

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP));

        assertThat(report.failure()).contains(FailureType.GATE_CLOSED);
        assertThat(temporal.history("node/hello/" + APP).hasNothingOpen()).isTrue();
        temporal.replay("node/hello/" + APP);
    }
}
