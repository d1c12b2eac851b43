package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.activity.CloudActivities.NothingMade;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.fake.Adoption;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Fault;
import dev.sluice.workflows.fake.Fault.Often;
import dev.sluice.workflows.fake.Page;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodePlan;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployNodeTest {
    private static final String APP = "hello-app-k3f9";
    private static final String PROXY = "hello-proxy-c";

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

    private NodeReport deploy(FakeWorld world, Role role, String name) {
        return deploy(world, Plans.node(role, name));
    }

    private NodeReport deploy(FakeWorld world, NodePlan plan) {
        return bench.in(world)
                .stub(DeployNode.class, "node/hello/" + plan.ref().name())
                .run(plan);
    }

    private NodeReport failing(FakeWorld world, NodePlan plan) {
        Throwable failed = catchThrowable(() -> deploy(world, plan));
        NodeReport report = Bench.carried(failed, NodeReport.class);
        assertThat(Failures.in(failed).orElseThrow().getOriginalMessage()).isEqualTo(report.sentence());
        return report;
    }

    @Test
    void putsAnAppServerIntoServiceOnEveryProxy() {
        FakeWorld world = twoProxiesOneApp();

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.sentence()).isEqualTo("hello-app-k3f9 is in service.");
        assertThat(world.picture())
                .contains(
                        "app hello-app-k3f9 in-service",
                        "hello-proxy-a has hello-app-k3f9 JOINED",
                        "hello-proxy-b has hello-app-k3f9 JOINED");
    }

    @Test
    void publishesAProxyThatHasProvenItsMembers() {
        FakeWorld world = twoProxiesOneApp();

        NodeReport report = deploy(world, Role.PROXY, PROXY);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.picture())
                .contains(
                        "proxy hello-proxy-c in-service",
                        "hello-proxy-c has hello-app-2mq8 JOINED",
                        "record hello-proxy-c");
    }

    @Test
    void withdrawsAndDestroysAProxyThatServesSomethingElseThanItsSiblings() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.breaks("Proxy.Compare", Fault.FAILS_BEFORE_EFFECT);
        world.calls.before("Proxy.Compare", () -> assertThat(world.published()).contains(PROXY));

        NodeReport report = failing(world, Plans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).contains("Dns.Withdraw");
    }

    @Test
    void withdrawsAWaitingProxyThatServesSomethingElseThanItsSiblingsAndLeavesItReady() {
        FakeWorld world = twoProxiesOneApp().withProxy(PROXY, NodeState.READY);
        world.calls.breaks("Proxy.Compare", Fault.FAILS_BEFORE_EFFECT);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.sentence()).contains(PROXY + " could not be published: Proxy.Compare broke");
        assertThat(world.published()).doesNotContain(PROXY);
        assertThat(world.picture()).contains("proxy " + PROXY + " ready");
    }

    /** Found by walks 8083 and 9909. */
    @Test
    void leavesTheRecordOfAWaitingProxyThatASiblingHasFinishedWhileItsOwnComparisonFailed() {
        FakeWorld world = twoProxiesOneApp().withProxy(PROXY, NodeState.READY);
        world.calls.before("Proxy.Compare", () -> world.withProxy(PROXY, NodeState.IN_SERVICE));
        world.calls.breaks("Proxy.Compare", Fault.FAILS_BEFORE_EFFECT);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.sentence()).contains(PROXY + " is published too");
        assertThat(world.published()).contains(PROXY);
        assertThat(world.picture()).contains("proxy " + PROXY + " in-service");
    }

    @Test
    void doesForAnAppServerWhatItsPageSaysStepByStep() {
        FakeWorld world = twoProxiesOneApp();
        NodeReport report = deploy(world, Role.APP, APP);

        assertReadsLike(Page.of("runbooks/deploy-node.md").under("An app server"), APP, report);
    }

    @Test
    void doesForAProxyWhatItsPageSaysStepByStep() {
        FakeWorld world = twoProxiesOneApp();
        NodeReport report = deploy(world, Role.PROXY, PROXY);

        assertReadsLike(Page.of("runbooks/deploy-node.md").under("A proxy"), PROXY, report);
    }

    private void assertReadsLike(Page page, String node, NodeReport report) {
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(withoutRepetitions(bench.history("node/hello/" + node).asked()))
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
    void keepsAnUnfitNodeOutAndSaysWhy() {
        FakeWorld world = twoProxiesOneApp().closesGate("packages", "apache2 2.4.62, siblings run 2.4.65");
        List<String> before = world.picture();

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.GATE_CLOSED);
        assertThat(report.sentence())
                .isEqualTo(
                        "hello-app-k3f9 is not deployed, everything is as before: hello-app-k3f9 is not fit to join: "
                                + "packages: apache2 2.4.62, siblings run 2.4.65.");
        assertThat(report.evidence().pieces()).extracting("text").containsExactly("last words of hello-app-k3f9");
        assertThat(report.verdict()).isPresent();
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).doesNotContain("Membership.Join", "Membership.Leave");
    }

    @Test
    void startsNoTimerBetweenTwoGoodLooks() {
        deploy(twoProxiesOneApp(), Role.APP, APP);

        assertThat(bench.history("node/hello/" + APP).asked()).containsSubsequence("Node.Inspect", "Node.Inspect");
        assertThat(bench.history("node/hello/" + APP).timers()).isZero();
    }

    @Test
    void looksAgainAtANodeThatBecomesFit() {
        FakeWorld world =
                twoProxiesOneApp().closesGate("http", "503 instead of 200").healsAfterLooks(2);

        assertThat(deploy(world, Role.APP, APP).outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.calls.names().stream().filter("Node.Inspect"::equals)).hasSize(4);
    }

    @Test
    void leavesAnAppServerReadyWhenThereIsNoProxyAndTheFirstProxyTakesIt() {
        FakeWorld world = new FakeWorld();

        NodeReport app = deploy(world, Role.APP, APP);
        assertThat(app.sentence()).contains("is ready, not in service: there is no proxy yet");
        assertThat(world.picture()).containsExactly("app hello-app-k3f9 ready");

        NodeReport proxy = deploy(world, Role.PROXY, PROXY);
        assertThat(proxy.outcome()).isEqualTo(Outcome.DONE);
        assertThat(world.picture())
                .containsExactly(
                        "app hello-app-k3f9 in-service",
                        "proxy hello-proxy-c in-service",
                        "hello-proxy-c has hello-app-k3f9 JOINED",
                        "record hello-proxy-c");
    }

    @Test
    void neverPublishesAProxyWithoutMembersAndTheFirstAppServerFinishesIt() {
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
    void leavesAReadyAppServerAloneWhoseOwnRunGoesOn() {
        FakeWorld world =
                new FakeWorld().withApp("hello-app-wait", NodeState.READY).ownerGoesOn("hello-app-wait");

        deploy(world, Role.PROXY, PROXY);

        assertThat(world.picture())
                .containsExactly(
                        "app hello-app-wait ready",
                        "proxy hello-proxy-c ready",
                        "hello-proxy-c has hello-app-wait DRAINING");
    }

    /** Found by walk 159. */
    @Test
    void leavesNoRecordOfAWaitingProxyThatIsRetiredWhileItIsPublished() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls.before("Dns.Publish", () -> world.isRetired("hello-proxy-a"));

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(world.picture()).noneMatch(line -> line.startsWith("record"));
        assertThat(report.sentence()).contains("hello-proxy-a is gone: ");
    }

    /** Found by walk 9959. */
    @Test
    void leavesTheRecordOfAWaitingProxyWhoseRetirementIsRefusedWhileItIsPublished() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls
                .before("Dns.Publish", () -> world.tagged("hello-proxy-a", NodeState.LEAVING))
                .before("Proxy.Compare", () -> world.tagged("hello-proxy-a", NodeState.READY));

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.sentence()).contains("hello-proxy-a is published too");
        assertThat(world.picture()).contains("proxy hello-proxy-a in-service", "record hello-proxy-a");
    }

    /** Found by walk 9959: its own run takes the record. */
    @Test
    void leavesAWaitingProxyLeavingWhoseRetirementBeginsWhileItIsPublished() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-a", NodeState.READY);
        world.calls.before("Dns.Publish", () -> world.tagged("hello-proxy-a", NodeState.LEAVING));

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(report.outcome()).isEqualTo(Outcome.DONE);
        assertThat(report.sentence()).contains("hello-proxy-a could not be published: hello-proxy-a is leaving");
        assertThat(world.picture()).contains("proxy hello-proxy-a leaving");
    }

    /** Found by walk 79. */
    @Test
    void isTakenInByNoProxyThatBecomesReadyAfterItLeftAndBeforeItIsDestroyed() {
        FakeWorld world = twoProxiesOneApp();
        world.calls.breaks("Proxy.Probe", Fault.FAILS_BEFORE_EFFECT);
        world.calls.before("Cloud.DestroyDroplet", () -> {
            world.withProxy(PROXY, NodeState.READY);
            Adoption.by(world, new NodeName(PROXY));
        });

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture())
                .contains(PROXY + " has hello-app-2mq8 JOINED")
                .noneMatch(line -> line.contains(APP));
    }

    @Test
    void isRestoredWhenItsDropletWasDestroyedByAnotherHandMeanwhile() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Proxy.Probe", () -> world.vanished(APP)).breaks("Proxy.Probe", Fault.FAILS_BEFORE_EFFECT);

        assertThat(failing(world, Plans.node(Role.APP, APP)).outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void staysInQuarantineWhenItCannotBeMarkedLeaving() {
        FakeWorld world = twoProxiesOneApp();
        world.calls
                .breaks("Proxy.Probe", Fault.FAILS_BEFORE_EFFECT)
                .breaks(new Call("Cloud.MarkNode", 2), Fault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.leftBehind()).first().asString().startsWith("hello-app-k3f9 tagged ready");
        assertThat(world.picture())
                .contains("app hello-app-k3f9 quarantine off")
                .noneMatch(line -> line.contains("has " + APP));
    }

    @Test
    void putsReadyAppServersBackWhenTheirFirstProxyCannotBePublished() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.breaks("Dns.Publish", Fault.FAILS_AFTER_EFFECT);

        NodeReport report = failing(world, Plans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 ready");
    }

    /** Found by walk 125. */
    @Test
    void isTakenBackWhenAReadyAppServerThatItOpensHasLeftItMeanwhile() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.before(new Call("Cloud.MarkNode", 2), () -> world.hasLeft("hello-app-2mq8"));

        NodeReport report = failing(world, Plans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.sentence()).contains("hello-app-2mq8 is leaving meanwhile");
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 leaving");
    }

    @Test
    void leavesAnAppServerLeavingThatIsRetiredWhileItsFirstProxyIsTakenBack() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls
                .before(new Call("Cloud.MarkNode", 3), () -> world.hasLeft("hello-app-2mq8"))
                .breaks("Dns.Publish", Fault.FAILS_BEFORE_EFFECT);

        NodeReport report = failing(world, Plans.node(Role.PROXY, PROXY));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture()).containsExactly("app hello-app-2mq8 leaving");
    }

    @Test
    void leavesAnAppServerAloneThatWasDestroyedAfterItsFirstProxyOpenedIt() {
        FakeWorld world = new FakeWorld().withApp("hello-app-2mq8", NodeState.READY);
        world.calls.before("Dns.Publish", () -> world.vanished("hello-app-2mq8"));
        world.calls.breaks("Dns.Publish", Fault.FAILS_BEFORE_EFFECT);

        assertThat(failing(world, Plans.node(Role.PROXY, PROXY)).outcome()).isEqualTo(Outcome.RESTORED);
    }

    @Test
    void provesANewProxyWithoutItsEjectedMember() {
        FakeWorld world = twoProxiesOneApp()
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE)
                .ejected("hello-app-9xd1");

        assertThat(deploy(world, Role.PROXY, PROXY).outcome()).isEqualTo(Outcome.DONE);
    }

    @Test
    void aProxyThatAJoinProvablyNeverWroteToNeedsNoLeave() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Cloud.MarkNode", () -> world.turnsOff("hello-proxy-b"));

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(world.calls.names()).contains("Membership.Join", "Membership.Leave");
        world.comesBack("hello-proxy-b");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void aProxyThatGoesAfterAnEarlierTryHasWrittenToItIsLeftToQuarantine() {
        FakeWorld world = twoProxiesOneApp();
        Call join = new Call("Membership.Join", 1);
        world.calls.breaks(join, Fault.FAILS_AFTER_EFFECT, Often.ONCE).after(effect -> {
            if (effect.call().equals(join)) {
                world.turnsOff("hello-proxy-b");
            }
        });

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RESTORED);
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
        assertThat(world.calls.names()).doesNotContain("Cloud.DestroyDroplet");
    }

    @Test
    void makesRoomOnTheProxiesBesideTheFirstBootAndSaysSoWithTheStepThatItSpares() {
        FakeWorld world = twoProxiesOneApp().crowded();

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(bench.history("node/hello/" + APP).askedAtOnce())
                .contains(List.of("Proxy.MakeRoom", "Node.FirstBoot"));
        assertThat(says(report, Step.RELOAD_PROXY))
                .containsExactly("while it booted: one graceful on hello-proxy-a, hello-proxy-b, proven; "
                        + "now: live, no reload needed, proven");
    }

    private static List<String> says(NodeReport report, Step step) {
        return report.steps().stream()
                .filter(each -> each.step() == step)
                .map(StepReport::says)
                .toList();
    }

    @Test
    void showsAStepOfItsOwnWhenItHasToWaitForRoom() {
        FakeWorld world = twoProxiesOneApp().crowded();
        world.calls.breaks(new Call("Proxy.MakeRoom", 1), Fault.TIMES_OUT, Often.ONCE);

        NodeReport report = deploy(world, Role.APP, APP);

        assertThat(says(report, Step.RELOAD_PROXY))
                .containsExactly(
                        "one graceful on hello-proxy-a, hello-proxy-b, proven", "live, no reload needed, proven");
    }

    @Test
    void aProxyThatIsAwayBeforeAnyHasHeardOfTheNodeIsTheReasonAndNeedsNoLeave() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.turnsOff("hello-proxy-b");

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(says(report, Step.RELOAD_PROXY)).containsExactly("[hello-proxy-b] cannot be reached");
        assertThat(world.calls.names()).doesNotContain("Membership.Join", "Membership.Leave", "Cloud.MarkNode");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void endsNoRunBeforeItsRoomWhenTheGateClosesMeanwhile() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        world.calls.breaks("Proxy.MakeRoom", Fault.TIMES_OUT);

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.failure()).contains(FailureType.GATE_CLOSED);
        assertThat(bench.history("node/hello/" + APP).hasNothingOpen()).isTrue();
        bench.replay("node/hello/" + APP);
    }

    @Test
    void quarantinesWhatAProxyMayStillKnowAndLeaksFinishesItLater() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Proxy.Reload", () -> world.turnsOff("hello-proxy-b"));

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RESTORED);
        assertThat(report.failure()).contains(FailureType.NOT_UNDONE);
        assertThat(report.sentence())
                .startsWith("NOT restored. Left behind: hello-app-k3f9 in a proxy's list of members")
                .contains("[hello-proxy-b] cannot be reached", "(hello-app-k3f9) is kept in quarantine, powered off");
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
        assertThat(world.calls.names()).doesNotContain("Cloud.DestroyDroplet");

        world.comesBack("hello-proxy-b");
        bench.stub(FindLeaks.class, "leaks").run(new LeakPlan(Plans.FILE, true, false, "ana", "tidy up"));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void takesAJoinBackWhenTheProxyIsThereAgainForTheUndo() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls
                .before("Membership.Join", () -> world.turnsOff("hello-proxy-b"))
                .before("Membership.Leave", () -> world.comesBack("hello-proxy-b"));

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void namesADropletThatCannotBeDestroyed() {
        FakeWorld world = twoProxiesOneApp();
        world.calls.breaks("Node.FirstBoot", Fault.FAILS_BEFORE_EFFECT).breaks("Cloud.DestroyDroplet", Fault.TIMES_OUT);

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.leftBehind())
                .singleElement()
                .asString()
                .startsWith("droplet 4 (hello-app-k3f9) could not be destroyed");
        assertThat(world.picture()).contains("app hello-app-k3f9 quarantine off");
    }

    @Test
    void looksOnceMoreForADropletThatAppearsLate() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls
                .breaks("Cloud.CreateDroplet", Fault.TIMES_OUT)
                .before(new Call("Cloud.DestroyDroplet", 2), () -> world.appearsLate(APP));

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).endsWith("Cloud.DestroyDroplet", "Cloud.DestroyDroplet");
    }

    @Test
    void waitsForNoLateDropletAfterARefusal() {
        FakeWorld world = twoProxiesOneApp();
        List<String> before = world.picture();
        world.calls.before("Cloud.CreateDroplet", () -> {
            throw Failures.with(
                    new NothingMade(new NodeName(APP)),
                    Failures.of(FailureType.CLOUD_DENIED, "the token may only read"));
        });

        NodeReport report = failing(world, Plans.node(Role.APP, APP));

        assertThat(report.failure()).contains(FailureType.CLOUD_DENIED);
        assertThat(world.picture()).isEqualTo(before);
        assertThat(world.calls.names()).containsOnlyOnce("Cloud.DestroyDroplet");
    }

    @Test
    void handsAFailedNodeToARunOfItsOwnThatDestroysItLater() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        List<String> before = world.picture();

        Instant begun = bench.now();
        List<String> kept = new CopyOnWriteArrayList<>();
        AtomicReference<Instant> destroyed = new AtomicReference<>();
        world.calls.before("Cloud.DestroyDroplet", () -> {
            kept.addAll(world.picture());
            destroyed.set(bench.now());
        });

        NodeReport report = failing(world, Plans.node(Role.APP, APP, false, Optional.of(Duration.ofHours(1))));

        assertThat(report.outcome()).isEqualTo(Outcome.RESTORED);
        assertThat(report.steps().get(report.steps().size() - 1).says()).contains("is kept for 60 min, out of traffic");
        bench.replay("node/hello/" + APP);
        assertThat(bench.ended("keep/hello/" + APP))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        assertThat(kept).contains("app hello-app-k3f9 quarantine").hasSize(before.size() + 1);
        assertThat(destroyed.get()).isAfterOrEqualTo(begun.plus(Duration.ofHours(1)));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void destroysAKeptNodeWhenItsTimeIsOver() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);

        NodeReport report = bench.in(world)
                .stub(KeepNode.class, "keep/hello/hello-app-kept")
                .run(kept(Duration.ofHours(1)));

        assertThat(report.sentence()).isEqualTo("hello-app-kept was kept and is destroyed.");
        assertThat(world.picture()).isEqualTo(twoProxiesOneApp().picture());
        bench.replay("keep/hello/hello-app-kept");
    }

    @Test
    void destroysAKeptNodeAtOnceWhenItsKeepingIsCancelled() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);
        KeepNode keep = bench.in(world).stub(KeepNode.class, "keep/hello/hello-app-kept");
        WorkflowClient.start(keep::run, kept(Duration.ofHours(1)));

        WorkflowStub.fromTyped(keep).cancel();

        bench.until(
                "the node is gone",
                () -> world.picture().equals(twoProxiesOneApp().picture()));
    }

    @Test
    void peopleAreToldOfAKeptNodeThatCannotBeDestroyed() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);
        world.calls.breaks("Cloud.DestroyDroplet", Fault.FAILS_BEFORE_EFFECT);

        Throwable ended = catchThrowable(() -> bench.in(world)
                .stub(KeepNode.class, "keep/hello/hello-app-stays")
                .run(kept(Duration.ofSeconds(1))));

        assertThat(Failures.in(ended).flatMap(Failures::type)).contains(FailureType.NOT_UNDONE);
        assertThat(world.notices).singleElement().satisfies(told -> {
            assertThat(told.event()).isEqualTo("keep-failed");
            assertThat(told.title()).isEqualTo("hello: keep/hello/hello-app-stays failed and is NOT restored");
            assertThat(told.lines())
                    .contains("It was kept, since it failed to be deployed", "sluice show keep/hello/hello-app-stays");
        });
        bench.replay("keep/hello/hello-app-stays");
    }

    @Test
    void aNodeIsKeptWithThePeopleWhoAreToldOfIt() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        world.calls.breaks("Cloud.DestroyDroplet", Fault.FAILS_BEFORE_EFFECT);
        NodePlan asked = Plans.node(Role.APP, "hello-app-told", false, Optional.of(Duration.ofSeconds(1)));

        failing(
                world,
                new NodePlan(
                        Plans.WATCHED,
                        asked.ref(),
                        asked.template(),
                        asked.withoutProxies(),
                        asked.approveAfterGate(),
                        asked.keepFailed(),
                        asked.by(),
                        asked.reason()));
        bench.ended("keep/hello/hello-app-told");

        assertThat(world.notices).extracting(Notice::event).containsExactly("keep-failed");
    }

    private static KeepPlan kept(Duration time) {
        return new KeepPlan(
                Plans.retire(Role.APP, "hello-app-kept").ref(), time, "failed to be deployed", Plans.WATCHED.notices());
    }
}
