package dev.sluice.workflows.runbook;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.client.WorkflowFailedException;
import java.util.List;

/** The runs whose every call the matrix breaks. */
enum MatrixScenario {
    DEPLOY_APP("hello-new-k3f9", RunOutcome.DONE),
    DEPLOY_PROXY("hello-new-k3f9", RunOutcome.DONE),
    /** Its gate closes, so that the matrix also breaks the undo steps. */
    DEPLOY_UNFIT_APP("hello-new-k3f9", RunOutcome.RESTORED),
    RETIRE_APP("hello-app-9xd1", RunOutcome.DONE),
    RETIRE_PROXY("hello-proxy-b", RunOutcome.DONE);

    private final String node;
    private final RunOutcome outcome;

    MatrixScenario(String node, RunOutcome outcome) {
        this.node = node;
        this.outcome = outcome;
    }

    String node() {
        return node;
    }

    /** Returns the outcome without a permanent fault. */
    RunOutcome outcome() {
        return outcome;
    }

    String id() {
        return "node/hello/" + node;
    }

    /** Returns the possible outcomes: a deployment rolls back completely; a retired node is destroyed or named. */
    List<RunOutcome> afterFailure(boolean lastLook) {
        return switch (this) {
            // The look for proxies that wait comes last and takes nothing back.
            case DEPLOY_APP, DEPLOY_PROXY -> List.of(lastLook ? RunOutcome.DONE : RunOutcome.RESTORED);
            case DEPLOY_UNFIT_APP, RETIRE_APP, RETIRE_PROXY -> List.of(RunOutcome.RESTORED, RunOutcome.NOT_RESTORED);
        };
    }

    FakeWorld world() {
        FakeWorld world = FakeWorld.cluster();
        return this == DEPLOY_UNFIT_APP ? world.closesGate("http", "503 after 2 s") : world;
    }

    NodeReport run(TestTemporal temporal, FakeWorld world) {
        try {
            return start(temporal.in(world));
        } catch (WorkflowFailedException failed) {
            return TestTemporal.carried(failed, NodeReport.class);
        }
    }

    private NodeReport start(TestTemporal temporal) {
        return switch (this) {
            case DEPLOY_APP, DEPLOY_UNFIT_APP ->
                temporal.stub(DeployNode.class, id()).run(TestPlans.node(Role.APP, node));
            case DEPLOY_PROXY -> temporal.stub(DeployNode.class, id()).run(TestPlans.node(Role.PROXY, node));
            case RETIRE_APP -> temporal.stub(RetireNode.class, id()).run(TestPlans.retire(Role.APP, node));
            case RETIRE_PROXY -> temporal.stub(RetireNode.class, id()).run(TestPlans.retire(Role.PROXY, node));
        };
    }
}
