package dev.sluice.workflows.runbook;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Fault;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import io.temporal.client.WorkflowFailedException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call of a good run × every way to break it: at the end the world is the goal or the start, and the report says which. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeployNodeMatrixTest {
    private static final String NAME = "hello-new-k3f9";
    private static final String RUN = "node/hello/" + NAME;

    private final Map<Role, List<String>> goals = new EnumMap<>(Role.class);
    private Bench bench;

    @BeforeAll
    void start() {
        bench = new Bench();
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

    Stream<Arguments> everyCallTimesEveryFault() {
        return Stream.of(Role.APP, Role.PROXY).flatMap(role -> {
            FakeWorld good = before();
            deploy(good, role);
            goals.put(role, good.picture());
            Call last = good.calls.all().get(good.calls.all().size() - 1);
            return good.calls.all().stream()
                    .flatMap(call -> Arrays.stream(Fault.values())
                            .map(fault -> Arguments.of(role, call, fault, call.equals(last))));
        });
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @MethodSource("everyCallTimesEveryFault")
    void endsAtTheGoalOrAtTheStart(Role role, Call call, Fault fault, boolean inService) {
        FakeWorld world = before();
        world.calls.breaks(call, fault);

        Outcome outcome = outcome(world, role);

        assertThat(world.calls.fired()).as("the fault fired").contains(call);
        assertThat(world.picture())
                .as("the world after a run that says %s", outcome)
                .isEqualTo(expected(role, outcome));
        assertThat(outcome).isEqualTo(expectedOutcome(fault, inService));
        bench.replay(RUN);
    }

    /** A lost answer is asked again; the look for proxies that wait comes last and takes nothing back. */
    private static Outcome expectedOutcome(Fault fault, boolean inService) {
        return fault == Fault.ANSWER_LOST || inService ? Outcome.DONE : Outcome.RESTORED;
    }

    private List<String> expected(Role role, Outcome outcome) {
        return switch (outcome) {
            case DONE -> requireNonNull(goals.get(role), "the good run of that role");
            case RESTORED -> before().picture();
            default -> fail("a run with one fault ended %s", outcome);
        };
    }

    private Outcome outcome(FakeWorld world, Role role) {
        try {
            return deploy(world, role).outcome();
        } catch (WorkflowFailedException failed) {
            return Bench.carried(failed, NodeReport.class).outcome();
        }
    }

    private NodeReport deploy(FakeWorld world, Role role) {
        return bench.in(world).stub(DeployNode.class, RUN).run(Plans.node(role, NAME));
    }
}
