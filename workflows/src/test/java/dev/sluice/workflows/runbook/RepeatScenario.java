package dev.sluice.workflows.runbook;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckExpiry;
import dev.sluice.workflows.CheckExpiry.ExpiryPlan;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A run of every runbook, which ends by itself. */
enum RepeatScenario {
    CHANGE_APP(ChangeRole.class, "change/hello/app", TestPlans.deploy(Role.APP, "hello-new-k3f9")),
    CHANGE_PROXY(ChangeRole.class, "change/hello/proxy", TestPlans.deploy(Role.PROXY, "hello-new-k3f9")),
    CHANGE_RETIRE(
            ChangeRole.class,
            "change/hello/app",
            TestPlans.change(Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), false, "hello-app-9xd1")),
    DEPLOY_APP(DeployNode.class, "node/hello/hello-new-k3f9", TestPlans.node(Role.APP, "hello-new-k3f9")),
    DEPLOY_PROXY(DeployNode.class, "node/hello/hello-new-k3f9", TestPlans.node(Role.PROXY, "hello-new-k3f9")),
    DEPLOY_UNFIT_APP(DeployNode.class, "node/hello/hello-new-k3f9", TestPlans.node(Role.APP, "hello-new-k3f9")),
    DEPLOY_APP_THAT_FAILS_LATE(
            DeployNode.class, "node/hello/hello-new-k3f9", TestPlans.node(Role.APP, "hello-new-k3f9")),
    DEPLOY_PROXY_THAT_DIFFERS(
            DeployNode.class, "node/hello/hello-new-k3f9", TestPlans.node(Role.PROXY, "hello-new-k3f9")),
    RETIRE_APP(RetireNode.class, "node/hello/hello-app-9xd1", TestPlans.retire(Role.APP, "hello-app-9xd1")),
    RETIRE_LAST_APP(RetireNode.class, "node/hello/hello-app-9xd1", TestPlans.retire(Role.APP, "hello-app-9xd1")),
    RETIRE_PROXY(RetireNode.class, "node/hello/hello-proxy-b", TestPlans.retire(Role.PROXY, "hello-proxy-b")),
    RETIRE_LAST_PROXY(RetireNode.class, "node/hello/hello-proxy-b", TestPlans.retire(Role.PROXY, "hello-proxy-b")),
    EJECT(EjectNode.class, "eject/hello-app-9xd1", eject(false)),
    READMIT(EjectNode.class, "eject/hello-app-9xd1", eject(true)),
    BAKE(BakeTemplate.class, "bake/hello/app", TestPlans.bake()),
    BAKE_THAT_FAILS(BakeTemplate.class, "bake/hello/app", TestPlans.bake()),
    KEEP(
            KeepNode.class,
            "keep/hello/hello-app-dead",
            new KeepPlan(
                    new NodeRef(TestPlans.HELLO, Role.APP, new NodeName("hello-app-dead"), "old"),
                    Duration.ofMillis(1),
                    "503",
                    Optional.empty())),
    LEAKS(FindLeaks.class, "leaks/hello", new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up")),
    SWEEP(Sweep.class, "sweep/hello", SweepPlan.of(TestPlans.FILE)),
    CHECK(CheckCluster.class, "check/hello", new CheckPlan(TestPlans.FILE, List.of(), true)),
    CHECK_THAT_EJECTS(CheckCluster.class, "check/hello", new CheckPlan(TestPlans.FILE, List.of(), true)),
    EXPIRY(CheckExpiry.class, "expiry/hello", new ExpiryPlan(TestPlans.WATCHED, true)),
    SHOW(ShowCluster.class, "show/hello", TestPlans.FILE),
    EXAMINE(ExamineCluster.class, "examine/hello", TestPlans.FILE),
    ACCOUNT(ShowAccount.class, "account"),
    TEMPLATES(Templates.class, "templates/hello", TestPlans.HELLO, Optional.empty(), Optional.empty());

    private final Class<?> runbook;
    private final String id;
    /** Nobody changes it. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final Object[] input;

    RepeatScenario(Class<?> runbook, String id, Object... input) {
        this.runbook = runbook;
        this.id = id;
        this.input = input;
    }

    private static EjectPlan eject(boolean readmit) {
        return new EjectPlan(TestPlans.FILE, new NodeName("hello-app-9xd1"), readmit, "ana", "slow");
    }

    Class<?> runbook() {
        return runbook;
    }

    FakeWorld world() {
        FakeWorld world = FakeWorld.cluster();
        switch (this) {
            case DEPLOY_UNFIT_APP -> world.closesGate("http", "503 after 2 s");
            case DEPLOY_APP_THAT_FAILS_LATE -> world.calls.breaks("Proxy.Probe", CallFault.FAILS_BEFORE_EFFECT);
            case DEPLOY_PROXY_THAT_DIFFERS -> world.calls.breaks("Proxy.Compare", CallFault.FAILS_BEFORE_EFFECT);
            case BAKE_THAT_FAILS -> world.calls.breaks("Node.RunRecipe", CallFault.FAILS_BEFORE_EFFECT);
            case RETIRE_LAST_APP -> world.vanished("hello-app-2mq8").hasLeft("hello-app-2mq8");
            case RETIRE_LAST_PROXY -> world.isRetired("hello-proxy-a");
            case CHECK_THAT_EJECTS -> world.ejectedOn("hello-proxy-a", "hello-app-9xd1");
            case READMIT -> world.ejected("hello-app-9xd1");
            case KEEP -> world.withApp("hello-app-dead", NodeState.QUARANTINE);
            case LEAKS, SWEEP ->
                world.withApp("hello-app-dead", NodeState.DEPLOYING).withTag("run:gone");
            default -> {}
        }
        return world;
    }

    /** Runs it to its end. */
    WorkflowExecution run(TestTemporal temporal, FakeWorld world) {
        WorkflowStub run = temporal.in(world).start(runbook, id, input);
        temporal.ended(id);
        return Objects.requireNonNull(run.getExecution());
    }

    String id() {
        return id;
    }
}
