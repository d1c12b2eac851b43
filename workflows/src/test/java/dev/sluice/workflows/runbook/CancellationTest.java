package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.ActivityJournal.CancelReaction;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of a good run × its reaction to a cancel of the run, on a real server: the world is the start or the goal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class CancellationTest {
    private static final String NEW = "hello-new-k3f9";
    private static final List<String> NEVER_LEARN =
            List.of("Cloud.SnapshotNode", "Cloud.DestroyDroplet", "Membership.Leave");
    private static final String BY = "ana: wrong day";

    /** A run to cancel, and its report's sentence that everything is as before. */
    private record CancelCase(String name, String runbook, String id, Object plan) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** The common parts of all reports, and a change's nodes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record EndReport(
            RunOutcome outcome,
            @Nullable FailureType failure,
            String sentence,
            @Nullable List<Node> nodes) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Node(String name, RunOutcome outcome) {}

        /** Nodes of a change that were in service before its cancel: each succeeds or fails independently. */
        List<String> done() {
            return nodes == null
                    ? List.of()
                    : nodes.stream()
                            .filter(node -> node.outcome() == RunOutcome.DONE)
                            .map(Node::name)
                            .toList();
        }
    }

    private static final CancelCase CHANGE = new CancelCase(
            "change", "ChangeRole", "change/hello/app", TestPlans.deploy(Role.APP, NEW, "hello-new-x7p2"));

    private final Map<CancelCase, List<String>> goals = new HashMap<>();

    @RegisterExtension
    final TestTemporal temporal = TestTemporal.onARealServer();

    private static FakeWorld before() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
    }

    private static Stream<CancelCase> cases() {
        return Stream.of(
                new CancelCase("deploy app", "DeployNode", "node/hello/" + NEW, TestPlans.node(Role.APP, NEW)),
                new CancelCase("deploy proxy", "DeployNode", "node/hello/" + NEW, TestPlans.node(Role.PROXY, NEW)),
                new CancelCase(
                        "retire app",
                        "RetireNode",
                        "node/hello/hello-app-9xd1",
                        TestPlans.retire(Role.APP, "hello-app-9xd1")),
                new CancelCase(
                        "retire proxy",
                        "RetireNode",
                        "node/hello/hello-proxy-b",
                        TestPlans.retire(Role.PROXY, "hello-proxy-b")),
                new CancelCase("bake", "BakeTemplate", "bake/hello/app", TestPlans.bake()),
                CHANGE);
    }

    Stream<Arguments> everyCallTimesEveryStop() {
        return cases().flatMap(each -> {
            FakeWorld good = before();
            run(good, each);
            goals.put(each, good.picture());
            return good.calls.all().stream()
                    .filter(call -> call.ordinal() == 1)
                    .map(call -> Arguments.of(each, call, stop(good, call)));
        });
    }

    /**
     * Excludes calls that a cancel does not reach: they have no way back, or the report names them, which another test
     * covers.
     */
    private static CancelReaction stop(FakeWorld good, CallKey call) {
        boolean learns = good.calls.beats(call) && !NEVER_LEARN.contains(call.activity());
        return learns ? CancelReaction.STOPS_AFTER_EFFECT : CancelReaction.COMPLETES;
    }

    private WorkflowStub run(FakeWorld world, CancelCase each) {
        WorkflowStub run = temporal.in(world)
                .client()
                .newUntypedWorkflowStub(
                        each.runbook(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(each.id())
                                .build());
        run.start(each.plan());
        temporal.ended(each.id());
        return run;
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("everyCallTimesEveryStop")
    void cancelledRunEndsAtStartOrGoalAndNamesTheCanceller(CancelCase each, CallKey call, CancelReaction stop) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                call,
                stop,
                () -> temporal.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        EndReport ending = run(world, each).query("report", EndReport.class);

        assertThat(world.picture())
                .as("the world after a run that says %s", ending)
                .isEqualTo(ending.outcome() == RunOutcome.DONE ? goals.get(each) : before(each, ending));
        assertThat(temporal.status(each.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isIn(RunOutcome.RESTORED, RunOutcome.DONE);
        if (ending.outcome() == RunOutcome.RESTORED) {
            assertThat(ending.sentence()).endsWith("it was cancelled: " + BY + ".");
        }
        temporal.replay(each.id());
    }

    /** Returns the start, and the lines of the nodes that succeeded. */
    private List<String> before(CancelCase each, EndReport ending) {
        List<String> before = before().picture();
        return ending.done().isEmpty()
                ? before
                : goals.getOrDefault(each, List.of()).stream()
                        .filter(line ->
                                before.contains(line) || ending.done().stream().anyMatch(line::contains))
                        .toList();
    }

    /**
     * An app server's retirement has no such step before its leave; a change has it only beside others that receive the
     * cancel.
     */
    static Stream<Arguments> stepsThatFail() {
        Map<String, String> steps = Map.of(
                "deploy app", "Proxy.Probe",
                "deploy proxy", "Proxy.Compare",
                "retire proxy", "Dns.Withdraw",
                "bake", "Node.RunRecipe");
        return cases().filter(each -> steps.containsKey(each.name()))
                .map(each -> Arguments.of(each, steps.get(each.name())));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("stepsThatFail")
    void stepThatFailsAfterTheCancelIsNamedButIsNotTheReason(CancelCase each, String step) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                new CallKey(step, 1),
                CancelReaction.FAILS_AFTER_EFFECT,
                () -> temporal.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        EndReport ending = run(world, each).query("report", EndReport.class);

        assertThat(ending.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(ending.failure()).isNull();
        assertThat(ending.sentence()).endsWith(step + " broke; it was cancelled: " + BY + ".");
        assertThat(world.picture()).isEqualTo(before().picture());
        temporal.replay(each.id());
    }

    @Test
    void rejectionBeforeTheCancelStaysTheReason() {
        FakeWorld world = before();
        world.calls.before(
                "Cloud.DestroyDroplet",
                () -> temporal.client().newUntypedWorkflowStub(CHANGE.id()).cancel(BY));
        Object plan = TestPlans.approved(true, Instant.now().plusSeconds(2), NEW);

        EndReport ending = run(world, new CancelCase("expires", "ChangeRole", CHANGE.id(), plan))
                .query("report", EndReport.class);

        assertThat(ending.outcome()).isEqualTo(RunOutcome.REJECTED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void nodesOfATerminatedChangeRollBack() {
        FakeWorld world = before();
        world.calls.before(
                "Membership.Join",
                () -> temporal.client().newUntypedWorkflowStub(CHANGE.id()).terminate("pulled the plug"));

        run(world, CHANGE);

        assertThat(temporal.status(CHANGE.id()))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        assertThat(temporal.ended("node/hello/" + NEW))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(temporal.ended("node/hello/hello-new-x7p2"))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void changeNamesANodeWhoseRunWasTerminatedAsLeftBehind() {
        FakeWorld world = before();
        world.calls.before(
                "Node.FirstBoot",
                () -> temporal.client()
                        .newUntypedWorkflowStub("node/hello/" + NEW)
                        .terminate("pulled the plug"));

        ChangeReport report = run(world, CHANGE).query("report", ChangeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.nodes())
                .filteredOn(node -> node.name().value().equals(NEW))
                .singleElement()
                .satisfies(node ->
                        assertThat(node.leftBehind()).singleElement().asString().contains(NEW));
    }

    @Test
    void cancelledChangeReportsWhatItsNodesLeftBehind() {
        FakeWorld world = before();
        world.calls
                .before(
                        "Node.FirstBoot",
                        () -> temporal.client()
                                .newUntypedWorkflowStub(CHANGE.id())
                                .cancel(BY))
                .breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);

        EndReport ending = run(world, CHANGE).query("report", EndReport.class);

        assertThat(temporal.status(CHANGE.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(ending.sentence()).contains("could not be destroyed", BY);
    }
}
