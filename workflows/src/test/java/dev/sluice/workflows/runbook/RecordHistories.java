package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.ActivityJournal.CancelReaction;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Records the histories of every runbook and ending on a real server, for {@link HistoriesTest}; run by
 * scripts/record-histories.sh.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecordHistories {
    private static final String NEW = "hello-new-k3f9";
    private static final String NODE = "node/hello/" + NEW;
    private static final String CHANGE = "change/hello/app";
    private static final CallKey MAKE_ROOM = new CallKey("Proxy.MakeRoom", 1);
    private static final String BAKE = "bake/hello/app";

    @RegisterExtension
    final TestTemporal temporal = TestTemporal.onARealServer();

    @Test
    void deployments() throws IOException {
        kept("deploy-app-done", FakeWorld.cluster(), "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
        kept("deploy-proxy-done", FakeWorld.cluster(), "DeployNode", NODE, TestPlans.node(Role.PROXY, NEW));
        kept(
                "deploy-app-gate-closed",
                FakeWorld.cluster().closesGate("http", "503"),
                "DeployNode",
                NODE,
                TestPlans.node(Role.APP, NEW));
        kept("deploy-app-ready-only", new FakeWorld(), "DeployNode", NODE, TestPlans.node(Role.APP, NEW));

        FakeWorld left = FakeWorld.cluster();
        left.calls.breaks("Node.FirstBoot", CallFault.FAILS_BEFORE_EFFECT);
        left.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);
        kept("deploy-app-not-undone", left, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));

        FakeWorld cancelled = FakeWorld.cluster();
        cancelled.calls.before("Membership.Join", () -> cancel(NODE));
        kept("deploy-app-cancelled", cancelled, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
    }

    @Test
    void changes() throws IOException {
        kept(
                "change-done",
                FakeWorld.cluster(),
                "ChangeRole",
                CHANGE,
                TestPlans.deploy(Role.APP, NEW, "hello-new-x7p2"));
        kept(
                "change-refused",
                FakeWorld.cluster().openRun("node/hello/old"),
                "ChangeRole",
                CHANGE,
                TestPlans.deploy(Role.APP, NEW));
        kept(
                "change-expired",
                FakeWorld.cluster(),
                "ChangeRole",
                CHANGE,
                TestPlans.approved(false, Instant.now().plusSeconds(1), NEW));
        decided("change-approved", false, true);
        decided("change-rejected", false, false);
        decided("change-approved-after-gate", true, true);
        decided("change-rejected-after-gate", true, false);

        FakeWorld cancelled = FakeWorld.cluster();
        cancelled.calls.before("Node.FirstBoot", () -> cancel(CHANGE));
        kept("change-cancelled", cancelled, "ChangeRole", CHANGE, TestPlans.deploy(Role.APP, NEW));

        FakeWorld terminated = FakeWorld.cluster();
        terminated.calls.before(
                "Node.FirstBoot",
                () -> temporal.client().newUntypedWorkflowStub(CHANGE).terminate("plug"));
        run(terminated, "ChangeRole", CHANGE, TestPlans.deploy(Role.APP, NEW));
        temporal.ended(NODE);
        keep("deploy-app-parent-terminated", NODE);
    }

    @Test
    void others() throws IOException {
        String app = "node/hello/hello-app-9xd1";
        kept("retire-app-done", FakeWorld.cluster(), "RetireNode", app, TestPlans.retire(Role.APP, "hello-app-9xd1"));
        FakeWorld last = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        kept("retire-app-refused", last, "RetireNode", app, TestPlans.retire(Role.APP, "hello-app-9xd1"));
        FakeWorld hidden = FakeWorld.cluster().hidesAddress("hello-app-9xd1");
        kept("retire-app-hidden", hidden, "RetireNode", app, TestPlans.retire(Role.APP, "hello-app-9xd1"));
        kept(
                "retire-proxy-done",
                FakeWorld.cluster(),
                "RetireNode",
                "node/hello/hello-proxy-b",
                TestPlans.retire(Role.PROXY, "hello-proxy-b"));

        kept("bake-done", FakeWorld.cluster(), "BakeTemplate", "bake/hello/app", TestPlans.bake());
        FakeWorld unanswered = FakeWorld.cluster();
        unanswered.calls.breaks("Cloud.SnapshotNode", CallFault.FAILS_AFTER_EFFECT);
        kept("bake-image-left", unanswered, "BakeTemplate", "bake/hello/app", TestPlans.bake());

        run(
                FakeWorld.cluster().closesGate("http", "503"),
                "DeployNode",
                NODE,
                TestPlans.node(Role.APP, NEW, false, Optional.of(Duration.ofSeconds(1))));
        keep("deploy-app-kept", NODE);
        temporal.ended("keep/hello/" + NEW);
        keep("keep-done", "keep/hello/" + NEW);

        EjectPlan eject = new EjectPlan(TestPlans.FILE, new NodeName("hello-app-9xd1"), false, "ana", "slow");
        kept("eject-done", FakeWorld.cluster(), "EjectNode", "eject", eject);
        EjectPlan readmit = new EjectPlan(TestPlans.FILE, new NodeName("hello-app-9xd1"), true, "ana", "mended");
        kept("readmit-done", FakeWorld.cluster().ejected("hello-app-9xd1"), "EjectNode", "eject", readmit);
        FakeWorld leaks = FakeWorld.cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .withTag("run:gone");
        kept("leaks-fixed", leaks, "FindLeaks", "leaks", new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"));
        kept("show-done", FakeWorld.cluster(), "ShowCluster", "show", TestPlans.FILE);
        kept(
                "templates-done",
                FakeWorld.cluster(),
                "Templates",
                "templates",
                TestPlans.HELLO,
                Optional.empty(),
                Optional.empty());
    }

    @Test
    void dates() throws IOException {
        kept("account-done", FakeWorld.cluster(), "ShowAccount", "account");
        kept("examine-done", FakeWorld.cluster(), "ExamineCluster", "examine", TestPlans.FILE);
        kept(
                "check-done",
                FakeWorld.cluster(),
                "CheckCluster",
                "check/hello",
                new CheckPlan(TestPlans.FILE, List.of(), true));
        kept(
                "check-ejected",
                FakeWorld.cluster()
                        .withApp("hello-app-c3c3", NodeState.IN_SERVICE)
                        .ejectedOn("hello-proxy-a", "hello-app-c3c3"),
                "CheckCluster",
                "check/hello",
                new CheckPlan(TestPlans.WATCHED, List.of(), true));
        kept(
                "expiry-done",
                FakeWorld.cluster(),
                "CheckExpiry",
                "expiry/hello",
                new ExpiryPlan(TestPlans.WATCHED, true));
    }

    @Test
    void failures() throws IOException {
        kept(
                "change-gate-closed",
                FakeWorld.cluster().closesGate("http", "503"),
                "ChangeRole",
                CHANGE,
                TestPlans.deploy(Role.APP, NEW));
        FakeWorld left = FakeWorld.cluster();
        left.calls.breaks("Node.FirstBoot", CallFault.FAILS_BEFORE_EFFECT);
        left.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);
        kept("change-not-undone", left, "ChangeRole", CHANGE, TestPlans.deploy(Role.APP, NEW));
        kept(
                "change-expired-after-gate",
                FakeWorld.cluster(),
                "ChangeRole",
                CHANGE,
                TestPlans.approved(true, Instant.now().plusSeconds(5), NEW));
        decided("change-rejected-after-gate", true, false);
        keep("deploy-app-rejected", NODE);

        FakeWorld recipe = FakeWorld.cluster();
        recipe.calls.breaks("Node.RunRecipe", CallFault.FAILS_BEFORE_EFFECT);
        kept("bake-failed", recipe, "BakeTemplate", BAKE, TestPlans.bake());
        FakeWorld baking = FakeWorld.cluster();
        baking.calls.before("Node.RunRecipe", () -> cancel(BAKE));
        kept("bake-cancelled", baking, "BakeTemplate", BAKE, TestPlans.bake());

        String app = "node/hello/hello-app-9xd1";
        FakeWorld half = FakeWorld.cluster();
        half.calls.breaks("Membership.Leave", CallFault.FAILS_AFTER_EFFECT);
        kept("retire-app-not-undone", half, "RetireNode", app, TestPlans.retire(Role.APP, "hello-app-9xd1"));
        FakeWorld stopped = FakeWorld.cluster();
        stopped.calls.before("Cloud.MarkNode", () -> cancel(app));
        kept("retire-app-cancelled", stopped, "RetireNode", app, TestPlans.retire(Role.APP, "hello-app-9xd1"));
    }

    @Test
    void keepings() throws IOException {
        String id = "keep/hello/hello-app-dead";
        NodeRef ref = new NodeRef(TestPlans.HELLO, Role.APP, new NodeName("hello-app-dead"), "old");
        FakeWorld stays = FakeWorld.cluster().withApp("hello-app-dead", NodeState.QUARANTINE);
        stays.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);
        kept(
                "keep-not-undone",
                stays,
                "KeepNode",
                id,
                new KeepPlan(ref, Duration.ofMillis(1), "503", Optional.empty()));

        temporal.in(FakeWorld.cluster().withApp("hello-app-dead", NodeState.QUARANTINE));
        started("KeepNode", id, new KeepPlan(ref, Duration.ofHours(1), "503", Optional.empty()));
        cancel(id);
        temporal.ended(id);
        keep("keep-cancelled", id);
    }

    @Test
    void sweeps() throws IOException {
        FakeWorld dead = FakeWorld.cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .vanished("hello-proxy-b");
        kept("sweep-done", dead, "Sweep", "sweep/hello", SweepPlan.of(TestPlans.FILE));
        FakeWorld strays = FakeWorld.cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .vanished("hello-proxy-b");
        kept(
                "leaks-fixed-with-strays",
                strays,
                "FindLeaks",
                "leaks",
                new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"));
        FakeWorld last = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        EjectPlan eject = new EjectPlan(TestPlans.FILE, new NodeName("hello-app-9xd1"), false, "ana", "slow");
        kept("eject-refused", last, "EjectNode", "eject", eject);
    }

    @Test
    void takenBackAfterJoin() throws IOException {
        FakeWorld failing = FakeWorld.cluster();
        failing.calls.breaks("Proxy.Probe", CallFault.FAILS_BEFORE_EFFECT);
        kept("deploy-app-probation-failed", failing, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
    }

    @Test
    void notices() throws IOException {
        FakeWorld unfit = FakeWorld.cluster().closesGate("http", "503");
        kept("change-failed-told", unfit, "ChangeRole", CHANGE, TestPlans.told(Optional.empty(), NEW));
        ApprovalTerms soon = new ApprovalTerms(false, Instant.now().plusSeconds(1));
        kept("change-expired-told", FakeWorld.cluster(), "ChangeRole", CHANGE, TestPlans.told(Optional.of(soon), NEW));
        assertThat(HistoriesTest.KEPT.resolve("change-failed-told.json"))
                .content()
                .contains("Notice.Tell");
        assertThat(HistoriesTest.KEPT.resolve("change-expired-told.json"))
                .content()
                .contains("Notice.Tell");
    }

    @Test
    void noticesOfShortRuns() throws IOException {
        FakeWorld hangs = FakeWorld.cluster();
        hangs.stuckRuns.add(CHANGE);
        kept("sweep-done-told", hangs, "Sweep", "sweep/hello", SweepPlan.of(TestPlans.WATCHED));
        FakeWorld shown = FakeWorld.cluster();
        shown.stuckRuns.add(CHANGE);
        kept("expiry-done-run-hangs", shown, "CheckExpiry", "expiry/hello", new ExpiryPlan(TestPlans.WATCHED, true));

        NodeRef ref = new NodeRef(TestPlans.HELLO, Role.APP, new NodeName("hello-app-dead"), "old");
        FakeWorld stays = FakeWorld.cluster().withApp("hello-app-dead", NodeState.QUARANTINE);
        stays.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);
        kept(
                "keep-not-undone-told",
                stays,
                "KeepNode",
                "keep/hello/hello-app-dead",
                new KeepPlan(ref, Duration.ofMillis(1), "failed to be deployed", TestPlans.WATCHED.notices()));
    }

    @Test
    void comparisons() throws IOException {
        FakeWorld differs = FakeWorld.cluster();
        differs.calls.breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);
        kept("deploy-proxy-differs", differs, "DeployNode", NODE, TestPlans.node(Role.PROXY, NEW));
        FakeWorld waiting = FakeWorld.cluster().withProxy("hello-proxy-c", NodeState.READY);
        kept("deploy-app-done-publishing", waiting, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
    }

    @Test
    void failedBeforeItHeardOfTheCancel() throws IOException {
        FakeWorld stuck = FakeWorld.cluster();
        stuck.calls.cancelledIn(new CallKey("Proxy.Probe", 1), CancelReaction.FAILS_AFTER_EFFECT, () -> cancel(NODE));
        kept("deploy-app-cancelled-step-failed", stuck, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
    }

    @Test
    void publishedMeanwhile() throws IOException {
        FakeWorld waiting = FakeWorld.cluster().withProxy("hello-proxy-c", NodeState.READY);
        waiting.calls.before("Cloud.DestroyDroplet", () -> waiting.publish("hello-proxy-c"));
        kept(
                "retire-proxy-published-meanwhile",
                waiting,
                "RetireNode",
                "node/hello/hello-proxy-c",
                TestPlans.retire(Role.PROXY, "hello-proxy-c"));
    }

    @Test
    void rooms() throws IOException {
        kept(
                "deploy-app-done-with-room",
                FakeWorld.cluster().crowded(),
                "DeployNode",
                NODE,
                TestPlans.node(Role.APP, NEW));
        FakeWorld away = FakeWorld.cluster().turnsOff("hello-proxy-b");
        kept("deploy-app-no-room", away, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
        FakeWorld unfit = FakeWorld.cluster().closesGate("http", "503");
        unfit.calls.cancelledIn(MAKE_ROOM, CancelReaction.STOPS_AFTER_EFFECT, () -> {});
        kept("deploy-app-gate-closed-meanwhile", unfit, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
        FakeWorld cancelled = FakeWorld.cluster();
        cancelled.calls.cancelledIn(MAKE_ROOM, CancelReaction.STOPS_AFTER_EFFECT, () -> cancel(NODE));
        kept("deploy-app-cancelled-making-room", cancelled, "DeployNode", NODE, TestPlans.node(Role.APP, NEW));
    }

    private void decided(String name, boolean afterGate, boolean yes) throws IOException {
        temporal.in(FakeWorld.cluster());
        WorkflowStub run = started(
                "ChangeRole",
                CHANGE,
                TestPlans.approved(afterGate, Instant.now().plusSeconds(60), NEW));
        ChangeRole change = temporal.client().newWorkflowStub(ChangeRole.class, CHANGE);
        temporal.until(
                "an approval is waited for", () -> change.report().waiting().isPresent());
        String digest = change.report().planDigest().orElseThrow().value();
        run.signal("decideLater", new ApprovalDecision(yes, digest, "bea", "looks right"));
        temporal.ended(CHANGE);
        keep(name, CHANGE);
    }

    private void cancel(String id) {
        temporal.client().newUntypedWorkflowStub(id).cancel("ana: wrong day");
    }

    private void kept(String name, FakeWorld world, String runbook, String id, Object... plan) throws IOException {
        run(world, runbook, id, plan);
        keep(name, id);
    }

    private void run(FakeWorld world, String runbook, String id, Object... plan) {
        temporal.in(world);
        started(runbook, id, plan);
        assertThat(temporal.ended(id)).isNotEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING);
    }

    private WorkflowStub started(String runbook, String id, Object... plan) {
        WorkflowStub run = temporal.client()
                .newUntypedWorkflowStub(
                        runbook,
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(id)
                                .build());
        run.start(plan);
        return run;
    }

    /** A kept history stays: it shows that the current code replays it. */
    private void keep(String name, String id) throws IOException {
        Path file = HistoriesTest.KEPT.resolve(name + ".json");
        if (!Files.exists(file)) {
            Files.writeString(file, temporal.client().fetchHistory(id).toJson(false) + "\n");
        }
    }
}
