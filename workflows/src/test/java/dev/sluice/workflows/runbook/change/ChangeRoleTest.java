package dev.sluice.workflows.runbook.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.DeployNode.GateDecision;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.plan.NodePlan.GateApproval;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.common.converter.RawValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChangeRoleTest {
    private static final String RUN = "change/hello/app";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private static FakeWorld cluster() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE);
    }

    private ChangeReport run(FakeWorld world, ChangePlan plan) {
        return temporal.in(world).stub(ChangeRole.class, RUN).run(plan);
    }

    private ChangeReport failing(FakeWorld world, ChangePlan plan) {
        return TestTemporal.carried(catchThrowable(() -> run(world, plan)), ChangeReport.class);
    }

    @Test
    void deploysTwoNodesInParallelAndCountsThoseInService() {
        FakeWorld world = cluster();

        ChangeReport report = run(world, TestPlans.deploy(Role.APP, "hello-app-k3f9", "hello-app-x7p2"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.sentence()).startsWith("2 of 2 in service. hello / app has 3 in service now.");
        assertThat(world.picture()).contains("app hello-app-k3f9 in-service", "app hello-app-x7p2 in-service");
        assertThat(world.calls.names()).containsOnlyOnce("Cloud.MarkConfig");
        temporal.replay(RUN);
    }

    @Test
    void checksAndFinishesInParallel() {
        run(cluster(), TestPlans.told(Optional.empty(), "hello-app-k3f9"));

        assertThat(temporal.history(RUN).askedAtOnce())
                .contains(
                        List.of("Truth.Compare", "Worker.CheckFile", "Proxy.CheckAll"),
                        List.of("Cloud.MarkConfig", "Schedules.Set"));
    }

    @Test
    void nodesSucceedOrFailIndependently() {
        FakeWorld world = cluster().closesGate("http", "503").closesGateFor("hello-app-x7p2");

        ChangeReport report = failing(world, TestPlans.deploy(Role.APP, "hello-app-k3f9", "hello-app-x7p2"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.failure()).contains(FailureType.GATE_CLOSED);
        assertThat(report.sentence())
                .startsWith("1 of 2 in service. hello / app has 2 in service now. hello-app-x7p2 is not deployed");
        assertThat(report.nodes()).extracting("outcome").containsExactly(RunOutcome.DONE, RunOutcome.RESTORED);
    }

    @Test
    void refusesWhileARunOfAnEarlierChangeIsOpen() {
        ChangeReport report =
                failing(cluster().openRun("node/hello/hello-app-old"), TestPlans.deploy(Role.APP, "hello-app-k3f9"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(report.failure()).contains(FailureType.CHANGE_RUNNING);
        assertThat(report.sentence()).contains("node/hello/hello-app-old");
    }

    @Test
    void refusesAChangedClusterFileUnlessItIsAccepted() {
        ChangePlan plan = TestPlans.deploy(Role.APP, "hello-app-k3f9");
        FakeWorld world = cluster().withConfig("hello-app-2mq8", "0123456789abcdef");

        assertThat(failing(world, plan).failure()).contains(FailureType.CONFIG_CHANGED);

        ChangePlan accepted =
                TestPlans.change(Role.APP, ChangeKind.DEPLOY, Optional.empty(), List.of(), true, "hello-app-k3f9");
        assertThat(run(world, accepted).outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(failing(world, TestPlans.deploy(Role.APP, "hello-app-k3f9")).sentence())
                .contains("names are never used twice");
    }

    @Test
    void refusesAnUnreachableProxyAndNamesIt() {
        ChangeReport report =
                failing(cluster().turnsOff("hello-proxy-b"), TestPlans.deploy(Role.APP, "hello-app-k3f9"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(report.failure()).contains(FailureType.PROXY_UNREACHABLE);
        assertThat(report.sentence()).contains("hello-proxy-b");
    }

    @Test
    void withdrawsAnExcludedProxyUntilALaterChangePublishesIt() {
        FakeWorld world = cluster().turnsOff("hello-proxy-b");
        ChangePlan without = TestPlans.change(
                Role.APP,
                ChangeKind.DEPLOY,
                Optional.empty(),
                List.of(new NodeName("hello-proxy-b")),
                false,
                "hello-app-k3f9");

        assertThat(run(world, without).outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.picture())
                .contains("proxy hello-proxy-b ready", "hello-proxy-a has hello-app-k3f9 JOINED")
                .doesNotContain("record hello-proxy-b", "hello-proxy-b has hello-app-k3f9 JOINED");

        world.comesBack("hello-proxy-b");
        run(world, TestPlans.deploy(Role.APP, "hello-app-x7p2"));
        assertThat(world.picture())
                .contains(
                        "proxy hello-proxy-b in-service",
                        "record hello-proxy-b",
                        "hello-proxy-b has hello-app-k3f9 JOINED");
    }

    @Test
    void refusesWithoutAnApprovedTemplate() {
        assertThat(failing(cluster().withoutTemplates(), TestPlans.deploy(Role.APP, "hello-app-k3f9"))
                        .failure())
                .contains(FailureType.TEMPLATE_REFUSED);
    }

    @Test
    void waitsForTheProxyCheckBeforeItEnds() {
        FakeWorld world = cluster().withoutTemplates();
        world.calls.before(
                "Proxy.CheckAll",
                () -> temporal.until(
                        "the cloud's refusal is known",
                        () -> temporal.history(RUN).answered() > 1));

        ChangeReport report = failing(world, TestPlans.deploy(Role.APP, "hello-app-k3f9"));

        assertThat(report.failure()).contains(FailureType.TEMPLATE_REFUSED);
        assertThat(temporal.history(RUN).hasNothingOpen()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(ChangeKind.class)
    void refusesAFileThatIsNotWhatItsDigestSays(ChangeKind kind) {
        FakeWorld world = cluster().withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        ChangePlan good = TestPlans.change(Role.APP, kind, Optional.empty(), List.of(), false, "hello-app-9xd1");
        ClusterFile file = TestPlans.WATCHED;
        ClusterFile other = new ClusterFile(
                file.name(),
                file.domain(),
                "shop",
                file.region(),
                file.vpc(),
                file.sshKeys(),
                file.ttl(),
                file.nameServer(),
                file.roles(),
                Optional.empty(),
                Optional.empty(),
                file.digest());

        ChangeReport report = failing(
                world,
                new ChangePlan(
                        other,
                        Role.APP,
                        kind,
                        good.nodes(),
                        good.template(),
                        good.approval(),
                        good.withoutProxies(),
                        good.keepFailed(),
                        good.acceptConfig(),
                        good.drain(),
                        good.by(),
                        good.reason(),
                        good.asked()));

        assertThat(report.failure()).contains(FailureType.PLAN_INVALID);
        assertThat(report.sentence()).contains("the cluster file is not what its digest says");
        assertThat(world.calls.names()).containsOnly("Truth.Compare", "Worker.CheckFile", "Proxy.CheckAll");
    }

    /** Temporal would end the run in the step that starts the nodes' runs, without a report. */
    @ParameterizedTest
    @EnumSource(ChangeKind.class)
    void refusesMoreNodesThanOneMessageOfTemporalHolds(ChangeKind kind) {
        FakeWorld world = cluster();
        ClusterFile large = TestPlans.largeFile(100 * 1024);
        ChangePlan good = TestPlans.change(Role.APP, kind, Optional.empty(), List.of(), false, "hello-app-9xd1");

        ChangeReport report = failing(
                world,
                new ChangePlan(
                        large,
                        Role.APP,
                        kind,
                        IntStream.range(0, 50)
                                .mapToObj(index -> new NodeName("hello-app-x%02d".formatted(index)))
                                .toList(),
                        good.template(),
                        good.approval(),
                        good.withoutProxies(),
                        good.keepFailed(),
                        good.acceptConfig(),
                        good.drain(),
                        good.by(),
                        good.reason(),
                        good.asked()));

        assertThat(report.failure()).contains(FailureType.PLAN_INVALID);
        assertThat(report.sentence()).contains("50 nodes", "at most 20 nodes at once");
        assertThat(world.calls.names()).isEmpty();
    }

    private ChangeRole waiting(FakeWorld world, boolean afterGate, String... names) {
        ChangeRole change = temporal.in(world).stub(ChangeRole.class, RUN);
        WorkflowClient.start(
                change::run, TestPlans.approved(afterGate, temporal.now().plus(Duration.ofHours(1)), names));
        temporal.until(
                "an approval is waited for", () -> change.report().waiting().isPresent());
        return change;
    }

    private static RawValue decision(boolean approved, String digest, String by, String reason) {
        return WorkflowInput.of(new ApprovalDecision(approved, digest, by, reason));
    }

    private static RawValue yes(ChangeRole change) {
        return decision(true, change.report().planDigest().orElseThrow().value().substring(0, 6), "bea", "looks right");
    }

    @Test
    void waitsForApprovalBeforeTheFirstCreateAndRefusesOtherPlans() {
        FakeWorld world = cluster();
        ChangeRole change = waiting(world, false, "hello-app-k3f9");
        assertThat(world.calls.names()).doesNotContain("Cloud.CreateDroplet");

        assertThatThrownBy(() -> change.decide(decision(true, "000000", "bea", "?")))
                .isInstanceOf(WorkflowUpdateException.class)
                .hasStackTraceContaining("is pending, not plan");
        assertThat(change.decide(yes(change))).endsWith("is approved by bea.");

        ChangeReport report = WorkflowStub.fromTyped(change).getResult(ChangeReport.class);
        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.approval().orElseThrow().by()).isEqualTo("bea");
        temporal.replay(RUN);
    }

    @Test
    void acceptsADecisionBySignalAndNotesAWrongOne() {
        ChangeRole change = waiting(cluster(), false, "hello-app-k3f9");

        change.decideLater(decision(true, "000000", "eve", "?"));
        temporal.until(
                "the wrong one is noted",
                () -> change.report().steps().stream()
                        .anyMatch(step -> step.says().contains("is pending, not plan 000000")));
        change.decideLater(yes(change));

        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
    }

    @Test
    void expiresWithoutADecision() {
        FakeWorld world = cluster();

        ChangeReport report =
                failing(world, TestPlans.approved(false, temporal.now().plus(Duration.ofHours(3)), "hello-app-k3f9"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.REJECTED);
        assertThat(report.failure()).contains(FailureType.APPROVAL_EXPIRED);
        assertThat(report.sentence())
                .matches("Nothing was changed: plan \\S+ was not approved until [-0-9]+ [:0-9]+ UTC\\.");
        assertThat(world.calls.names()).doesNotContain("Cloud.CreateDroplet");
        temporal.replay(RUN);
    }

    @Test
    void endsWithTheReasonOfTheRejection() {
        ChangeRole change = waiting(cluster(), false, "hello-app-k3f9");
        change.decide(decision(false, change.report().planDigest().orElseThrow().value(), "bea", "not today"));

        Throwable failed = catchThrowable(() -> WorkflowStub.fromTyped(change).getResult(ChangeReport.class));

        assertThat(TestTemporal.carried(failed, ChangeReport.class).sentence())
                .isEqualTo("Nothing was changed: bea rejected the plan: not today.");
    }

    @Test
    void requestsApprovalAfterTheGateForNodesThatPassed() {
        FakeWorld world = cluster().closesGate("http", "503").closesGateFor("hello-app-x7p2");
        ChangeRole change = waiting(world, true, "hello-app-k3f9", "hello-app-x7p2");
        assertThat(change.report().waiting().orElseThrow().what()).isEqualTo("passed the gate: hello-app-k3f9");
        assertThat(change.report().steps().get(1).says())
                .matches("plan \\S+ waits for approval until [-0-9]+ [:0-9]+ UTC; passed the gate: hello-app-k3f9");

        change.decide(yes(change));
        Throwable failed = catchThrowable(() -> WorkflowStub.fromTyped(change).getResult(ChangeReport.class));

        assertThat(TestTemporal.carried(failed, ChangeReport.class).sentence()).startsWith("1 of 2 in service.");
        assertThat(world.picture()).contains("app hello-app-k3f9 in-service");
        temporal.replay(RUN);
        temporal.replay("node/hello/hello-app-k3f9");
    }

    @Test
    void inspectsAnApprovedNodeAgainIfItsVerdictIsOld() {
        assertThat(looksWhenApprovedAfter(Duration.ofSeconds(1))).isEqualTo(2);
        assertThat(looksWhenApprovedAfter(Duration.ofSeconds(61))).isEqualTo(4);
    }

    private long looksWhenApprovedAfter(Duration time) {
        FakeWorld world = cluster();
        ChangeRole change = waiting(world, true, "hello-app-k3f9");
        temporal.passes(time);
        change.decide(yes(change));

        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
        return world.calls.names().stream().filter("Node.Inspect"::equals).count();
    }

    @Test
    void keepsANodeOutThatBecameUnfitWhileWaiting() {
        FakeWorld world = cluster();
        ChangeRole change = waiting(world, true, "hello-app-k3f9");
        world.closesGate("http", "503");
        temporal.passes(Duration.ofSeconds(61));
        change.decide(yes(change));

        Throwable failed = catchThrowable(() -> WorkflowStub.fromTyped(change).getResult(ChangeReport.class));

        assertThat(TestTemporal.carried(failed, ChangeReport.class).failure()).contains(FailureType.GATE_CLOSED);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void runsTheStepsOfItsPage() {
        FakeWorld world = cluster().turnsOff("hello-proxy-b");
        DocumentPage page = DocumentPage.of("runbooks/change-role.md").under("Deploy");

        ChangeReport report = run(
                world,
                TestPlans.change(
                        Role.APP,
                        ChangeKind.DEPLOY,
                        Optional.empty(),
                        List.of(new NodeName("hello-proxy-b")),
                        false,
                        "hello-app-k3f9"));

        assertThat(temporal.history(RUN).asked()).containsExactlyElementsOf(page.activities());
        assertThat(page.steps())
                .containsSubsequence(
                        report.steps().stream().map(step -> step.step().words()).toList());
    }

    @Test
    void aNodesOwnSignalIsNoApproval() {
        FakeWorld world = cluster();
        ChangeRole change = waiting(world, true, "hello-app-k3f9");
        ChangeReport asked = change.report();
        GateApproval terms = new GateApproval(
                asked.planDigest().orElseThrow(), asked.waiting().orElseThrow().until());
        GateApproval others = new GateApproval(Sha256Digest.of("another"), terms.until());

        signalNode("hello-app-k3f9", true, "it is Friday");
        signalNode("hello-app-k3f9", new GateDecision(true, others, "eve", "approved by eve"));
        signalNode("hello-app-k3f9", new GateDecision(true, terms, "eve", "approved by eve"));
        temporal.until(
                "all three are noted",
                () -> nodeSays("hello-app-k3f9").contains("has recorded no approval by that person"));

        assertThat(nodeSays("hello-app-k3f9"))
                .contains("it is not of the form of GateDecision", "it is for another plan or deadline");
        assertThat(world.picture()).contains("app hello-app-k3f9 ready");
        change.decide(yes(change));
        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
    }

    private void signalNode(String name, Object... input) {
        temporal.client().newUntypedWorkflowStub("node/hello/" + name).signal("decide", input);
    }

    private String nodeSays(String name) {
        return temporal.client()
                .newUntypedWorkflowStub("node/hello/" + name)
                .query("report", NodeReport.class)
                .steps()
                .toString();
    }

    @Test
    void aGatedNodeThatEndsAloneCostsTheOthersNothing() {
        FakeWorld world = cluster();
        ChangeRole change = waiting(world, true, "hello-app-k3f9", "hello-app-x7p2");
        cancelNode("hello-app-k3f9");

        change.decide(yes(change));
        temporal.ended(RUN);

        assertThat(change.report().sentence()).startsWith("1 of 2 in service.");
        assertThat(world.picture()).contains("app hello-app-x7p2 in-service");
    }

    private void cancelNode(String name) {
        temporal.client().newUntypedWorkflowStub("node/hello/" + name).cancel();
        temporal.ended("node/hello/" + name);
    }

    @Test
    void doesNotWaitForAPersonOnceItsGatedNodesAreGone() {
        ChangeRole change = waiting(cluster(), true, "hello-app-k3f9");
        cancelNode("hello-app-k3f9");

        Throwable failed = catchThrowable(() -> WorkflowStub.fromTyped(change).getResult(ChangeReport.class));

        ChangeReport report = change.report();
        assertThat(failed).isNotNull();
        assertThat(report.waiting()).isEmpty();
        assertThat(report.sentence()).contains("hello-app-k3f9 is not deployed");
        assertThat(report.steps().toString())
                .contains("not needed any more: every node that passed the gate has ended");
    }

    @Test
    void aForgedFinalReportChangesNothing() {
        ChangeRole change = waiting(cluster(), true, "hello-app-k3f9");
        NodeReport forged = new NodeReport(
                new NodeName("hello-app-k3f9"),
                RunOutcome.NOT_RESTORED,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NodeEvidence.NONE,
                List.of("everything"),
                "forged");
        change.nodeEnded(WorkflowInput.of(forged));
        change.decide(yes(change));

        assertThat(WorkflowStub.fromTyped(change).getResult(ChangeReport.class).outcome())
                .isEqualTo(RunOutcome.DONE);
    }

    @Test
    void rollsGatedNodesBackWhenTheyAreRejected() {
        FakeWorld world = cluster();
        List<String> before = world.picture();
        ChangeRole change = waiting(world, true, "hello-app-k3f9");
        change.decide(decision(false, change.report().planDigest().orElseThrow().value(), "bea", "not today"));

        Throwable failed = catchThrowable(() -> WorkflowStub.fromTyped(change).getResult(ChangeReport.class));

        assertThat(TestTemporal.carried(failed, ChangeReport.class).outcome()).isEqualTo(RunOutcome.REJECTED);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void retiresANodeUnlessTheGuardRefuses() {
        FakeWorld world = cluster().withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        ChangePlan first =
                TestPlans.change(Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), false, "hello-app-9xd1");
        ChangePlan last =
                TestPlans.change(Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), false, "hello-app-2mq8");

        assertThat(run(world, first).sentence()).startsWith("1 of 1 retired. hello / app has 1 in service now.");
        assertThat(world.picture()).isEqualTo(cluster().picture());

        ChangeReport refused = failing(world, last);
        assertThat(refused.failure()).contains(FailureType.GUARD_REFUSED);
        assertThat(refused.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    /** The guard of each alone would permit it. */
    @Test
    void refusesToRetireTooManyNodesAtOnce() {
        FakeWorld world = cluster().withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        List<String> before = world.picture();
        ChangePlan both = TestPlans.change(
                Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), false, "hello-app-9xd1", "hello-app-2mq8");

        ChangeReport refused = failing(world, both);

        assertThat(refused.failure()).contains(FailureType.GUARD_REFUSED);
        assertThat(refused.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(refused.sentence()).contains("2 in service; without these 2 it has 0, and its minimum is 1");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void notRestoredOutranksEveryOtherOutcome() {
        FakeWorld world = cluster();
        world.calls
                .breaks("Node.FirstBoot", CallFault.FAILS_BEFORE_EFFECT)
                .breaks("Cloud.DestroyDroplet", CallFault.TIMES_OUT);

        ChangeReport report = failing(world, TestPlans.deploy(Role.APP, "hello-app-k3f9"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.failure()).contains(FailureType.NOT_UNDONE);
        assertThat(report.sentence()).contains("could not be destroyed");
    }
}
