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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of a good run × what it does when its run is cancelled meanwhile, on a real server: the world is the start or the goal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class CancellationTest {
    private static final String NEW = "hello-new-k3f9";
    private static final List<String> NEVER_LEARN =
            List.of("Cloud.SnapshotNode", "Cloud.DestroyDroplet", "Membership.Leave");
    private static final String BY = "ana: wrong day";

    /** A run to cancel, and how its report says that everything is as before. */
    private record CancelCase(String name, String runbook, String id, Object plan) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What all reports have in common, and a change's nodes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record EndReport(
            RunOutcome outcome,
            @Nullable FailureType failure,
            String sentence,
            @Nullable List<Node> nodes) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Node(String name, RunOutcome outcome) {}

        /** Nodes of a change that were in service before it was cancelled: each stands or falls alone. */
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
    private TestTemporal bench;

    @BeforeAll
    void start() {
        bench = TestTemporal.onARealServer();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

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

    /** Nor does what a cancel does not reach: there is no way back from it, or it is named instead, which is another test's. */
    private static CancelReaction stop(FakeWorld good, CallKey call) {
        boolean learns = good.calls.beats(call) && !NEVER_LEARN.contains(call.activity());
        return learns ? CancelReaction.STOPS_AFTER_EFFECT : CancelReaction.COMPLETES;
    }

    private WorkflowStub run(FakeWorld world, CancelCase each) {
        WorkflowStub run = bench.in(world)
                .client()
                .newUntypedWorkflowStub(
                        each.runbook(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId(each.id())
                                .build());
        run.start(each.plan());
        bench.ended(each.id());
        return run;
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("everyCallTimesEveryStop")
    void endsAtTheStartOrAtTheGoalAndSaysWhoCancelled(CancelCase each, CallKey call, CancelReaction stop) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                call,
                stop,
                () -> bench.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        EndReport ending = run(world, each).query("report", EndReport.class);

        assertThat(world.picture())
                .as("the world after a run that says %s", ending)
                .isEqualTo(ending.outcome() == RunOutcome.DONE ? goals.get(each) : before(each, ending));
        assertThat(bench.status(each.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isIn(RunOutcome.RESTORED, RunOutcome.DONE);
        if (ending.outcome() == RunOutcome.RESTORED) {
            assertThat(ending.sentence()).endsWith("it was cancelled: " + BY + ".");
        }
        bench.replay(each.id());
    }

    /** The world as it was, and what belongs to the nodes that got to their end. */
    private List<String> before(CancelCase each, EndReport ending) {
        List<String> before = before().picture();
        return ending.done().isEmpty()
                ? before
                : goals.getOrDefault(each, List.of()).stream()
                        .filter(line ->
                                before.contains(line) || ending.done().stream().anyMatch(line::contains))
                        .toList();
    }

    /** An app server's retirement has none before its leave, and a change none but beside others that hear of the cancel. */
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
    void aStepThatFailsAfterTheCancelIsNamedButNotTheReason(CancelCase each, String step) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                new CallKey(step, 1),
                CancelReaction.FAILS_AFTER_EFFECT,
                () -> bench.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        EndReport ending = run(world, each).query("report", EndReport.class);

        assertThat(ending.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(ending.failure()).isNull();
        assertThat(ending.sentence()).endsWith(step + " broke; it was cancelled: " + BY + ".");
        assertThat(world.picture()).isEqualTo(before().picture());
        bench.replay(each.id());
    }

    @Test
    void aRejectionThatCameBeforeTheCancelStaysTheReason() {
        FakeWorld world = before();
        world.calls.before(
                "Cloud.DestroyDroplet",
                () -> bench.client().newUntypedWorkflowStub(CHANGE.id()).cancel(BY));
        Object plan = TestPlans.approved(true, Instant.now().plusSeconds(2), NEW);

        EndReport ending = run(world, new CancelCase("expires", "ChangeRole", CHANGE.id(), plan))
                .query("report", EndReport.class);

        assertThat(ending.outcome()).isEqualTo(RunOutcome.REJECTED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void theNodesOfATerminatedChangeTakeTheirStepsBack() {
        FakeWorld world = before();
        world.calls.before(
                "Membership.Join",
                () -> bench.client().newUntypedWorkflowStub(CHANGE.id()).terminate("pulled the plug"));

        run(world, CHANGE);

        assertThat(bench.status(CHANGE.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_TERMINATED);
        assertThat(bench.ended("node/hello/" + NEW))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(bench.ended("node/hello/hello-new-x7p2"))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(world.picture()).isEqualTo(before().picture());
    }

    @Test
    void aChangeWhoseNodesRunIsTerminatedNamesThatNodeAsLeftBehind() {
        FakeWorld world = before();
        world.calls.before(
                "Node.FirstBoot",
                () -> bench.client().newUntypedWorkflowStub("node/hello/" + NEW).terminate("pulled the plug"));

        ChangeReport report = run(world, CHANGE).query("report", ChangeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.nodes())
                .filteredOn(node -> node.name().value().equals(NEW))
                .singleElement()
                .satisfies(node ->
                        assertThat(node.leftBehind()).singleElement().asString().contains(NEW));
    }

    @Test
    void aCancelledChangeSaysWhatItsNodesLeftBehind() {
        FakeWorld world = before();
        world.calls
                .before(
                        "Node.FirstBoot",
                        () -> bench.client().newUntypedWorkflowStub(CHANGE.id()).cancel(BY))
                .breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);

        EndReport ending = run(world, CHANGE).query("report", EndReport.class);

        assertThat(bench.status(CHANGE.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(ending.sentence()).contains("could not be destroyed", BY);
    }
}
