package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.Calls.Stop;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Fault;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
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
class CancelTest {
    private static final String NEW = "hello-new-k3f9";
    private static final List<String> NEVER_LEARN =
            List.of("Cloud.SnapshotNode", "Cloud.DestroyDroplet", "Membership.Leave");
    private static final String BY = "ana: wrong day";

    /** A run to cancel, and how its report says that everything is as before. */
    private record Case(String name, String runbook, String id, Object plan) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** What all reports have in common, and a change's nodes. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Ending(
            Outcome outcome,
            @Nullable FailureType failure,
            String sentence,
            @Nullable List<Node> nodes) {
        @JsonIgnoreProperties(ignoreUnknown = true)
        record Node(String name, Outcome outcome) {}

        /** Nodes of a change that were in service before it was cancelled: each stands or falls alone. */
        List<String> done() {
            return nodes == null
                    ? List.of()
                    : nodes.stream()
                            .filter(node -> node.outcome() == Outcome.DONE)
                            .map(Node::name)
                            .toList();
        }
    }

    private static final Case CHANGE =
            new Case("change", "ChangeRole", "change/hello/app", Plans.deploy(Role.APP, NEW, "hello-new-x7p2"));

    private final Map<Case, List<String>> goals = new HashMap<>();
    private Bench bench;

    @BeforeAll
    void start() {
        bench = Bench.onARealServer();
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

    private static Stream<Case> cases() {
        return Stream.of(
                new Case("deploy app", "DeployNode", "node/hello/" + NEW, Plans.node(Role.APP, NEW)),
                new Case("deploy proxy", "DeployNode", "node/hello/" + NEW, Plans.node(Role.PROXY, NEW)),
                new Case(
                        "retire app",
                        "RetireNode",
                        "node/hello/hello-app-9xd1",
                        Plans.retire(Role.APP, "hello-app-9xd1")),
                new Case(
                        "retire proxy",
                        "RetireNode",
                        "node/hello/hello-proxy-b",
                        Plans.retire(Role.PROXY, "hello-proxy-b")),
                new Case("bake", "BakeTemplate", "bake/hello/app", Plans.bake()),
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
    private static Stop stop(FakeWorld good, Call call) {
        boolean learns = good.calls.beats(call) && !NEVER_LEARN.contains(call.activity());
        return learns ? Stop.STOPS_AFTER_EFFECT : Stop.COMPLETES;
    }

    private WorkflowStub run(FakeWorld world, Case each) {
        WorkflowStub run = bench.in(world)
                .client()
                .newUntypedWorkflowStub(
                        each.runbook(),
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(Names.TASK_QUEUE)
                                .setWorkflowId(each.id())
                                .build());
        run.start(each.plan());
        bench.ended(each.id());
        return run;
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("everyCallTimesEveryStop")
    void endsAtTheStartOrAtTheGoalAndSaysWhoCancelled(Case each, Call call, Stop stop) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                call,
                stop,
                () -> bench.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        Ending ending = run(world, each).query("report", Ending.class);

        assertThat(world.picture())
                .as("the world after a run that says %s", ending)
                .isEqualTo(ending.outcome() == Outcome.DONE ? goals.get(each) : before(each, ending));
        assertThat(bench.status(each.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isIn(Outcome.RESTORED, Outcome.DONE);
        if (ending.outcome() == Outcome.RESTORED) {
            assertThat(ending.sentence()).endsWith("it was cancelled: " + BY + ".");
        }
        bench.replay(each.id());
    }

    /** The world as it was, and what belongs to the nodes that got to their end. */
    private List<String> before(Case each, Ending ending) {
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
    void aStepThatFailsAfterTheCancelIsNamedButNotTheReason(Case each, String step) {
        FakeWorld world = before();
        world.calls.cancelledIn(
                new Call(step, 1),
                Stop.FAILS_AFTER_EFFECT,
                () -> bench.client().newUntypedWorkflowStub(each.id()).cancel(BY));

        Ending ending = run(world, each).query("report", Ending.class);

        assertThat(ending.outcome()).isEqualTo(Outcome.RESTORED);
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
        Object plan = Plans.approved(true, Instant.now().plusSeconds(2), NEW);

        Ending ending =
                run(world, new Case("expires", "ChangeRole", CHANGE.id(), plan)).query("report", Ending.class);

        assertThat(ending.outcome()).isEqualTo(Outcome.REJECTED);
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

        assertThat(report.outcome()).isEqualTo(Outcome.NOT_RESTORED);
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
                .breaks("Cloud.DestroyDroplet", Fault.FAILS_BEFORE_EFFECT);

        Ending ending = run(world, CHANGE).query("report", Ending.class);

        assertThat(bench.status(CHANGE.id())).isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_CANCELED);
        assertThat(ending.outcome()).isEqualTo(Outcome.NOT_RESTORED);
        assertThat(ending.sentence()).contains("could not be destroyed", BY);
    }
}
