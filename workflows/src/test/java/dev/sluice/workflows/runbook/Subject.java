package dev.sluice.workflows.runbook;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import io.temporal.client.WorkflowFailedException;
import java.util.List;

/** The runs whose every boundary the matrix breaks. */
enum Subject {
    DEPLOY_APP("hello-new-k3f9", Outcome.DONE),
    DEPLOY_PROXY("hello-new-k3f9", Outcome.DONE),
    /** Its gate closes, so that what is broken is also the taking back. */
    DEPLOY_UNFIT_APP("hello-new-k3f9", Outcome.RESTORED),
    RETIRE_APP("hello-app-9xd1", Outcome.DONE),
    RETIRE_PROXY("hello-proxy-b", Outcome.DONE);

    private final String node;
    private final Outcome outcome;

    Subject(String node, Outcome outcome) {
        this.node = node;
        this.outcome = outcome;
    }

    String node() {
        return node;
    }

    /** How it ends when nothing breaks for good. */
    Outcome outcome() {
        return outcome;
    }

    String id() {
        return "node/hello/" + node;
    }

    /** A deployment is taken back whole; what has left the proxies is used up, and what cannot be taken back is named. */
    List<Outcome> afterFailure(boolean lastLook) {
        return switch (this) {
            // The look for proxies that wait comes last and takes nothing back.
            case DEPLOY_APP, DEPLOY_PROXY -> List.of(lastLook ? Outcome.DONE : Outcome.RESTORED);
            case DEPLOY_UNFIT_APP, RETIRE_APP, RETIRE_PROXY -> List.of(Outcome.RESTORED, Outcome.NOT_RESTORED);
        };
    }

    FakeWorld world() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        return this == DEPLOY_UNFIT_APP ? world.closesGate("http", "503 after 2 s") : world;
    }

    NodeReport run(Bench bench, FakeWorld world) {
        try {
            return start(bench.in(world));
        } catch (WorkflowFailedException failed) {
            return Bench.carried(failed, NodeReport.class);
        }
    }

    private NodeReport start(Bench bench) {
        return switch (this) {
            case DEPLOY_APP, DEPLOY_UNFIT_APP ->
                bench.stub(DeployNode.class, id()).run(Plans.node(Role.APP, node));
            case DEPLOY_PROXY -> bench.stub(DeployNode.class, id()).run(Plans.node(Role.PROXY, node));
            case RETIRE_APP -> bench.stub(RetireNode.class, id()).run(Plans.retire(Role.APP, node));
            case RETIRE_PROXY -> bench.stub(RetireNode.class, id()).run(Plans.retire(Role.PROXY, node));
        };
    }
}
