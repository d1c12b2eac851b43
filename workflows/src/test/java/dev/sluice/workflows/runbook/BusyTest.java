package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.fake.Bench;
import dev.sluice.workflows.fake.Calls.Call;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.Plans;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A minute of the token that is used up is waited for at every step, with the limits of a real worker: it undoes nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BusyTest {
    private static final String RUN = "change/hello/app";

    /** The longest that a worker waits by itself, whatever DigitalOcean's answer says. */
    private static final Duration MINUTE = Duration.ofSeconds(60);

    private Bench bench;

    /** One case. */
    record Case(ChangePlan plan, Call call) {
        @Override
        public String toString() {
            return "%s: %s".formatted(plan.kind(), call);
        }
    }

    @BeforeAll
    void start() {
        bench = Bench.asPatientAs(Patience.STANDARD);
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    Stream<Case> everyCallThatAsksTheCloud() {
        return Stream.of(
                        Plans.deploy(Role.APP, "hello-app-k3f9"),
                        Plans.change(
                                Role.APP, ChangePlan.Kind.RETIRE, Optional.empty(), List.of(), false, "hello-app-9xd1"))
                .flatMap(plan -> {
                    FakeWorld good = cluster();
                    run(plan, good);
                    return good.calls.all().stream()
                            .filter(call -> !call.activity().startsWith("Node."))
                            .map(call -> new Case(plan, call));
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyCallThatAsksTheCloud")
    void isWaitedFor(Case each) {
        FakeWorld world = cluster();
        world.calls.before(each.call(), () -> {
            throw Failures.busy(FailureType.CLOUD_BUSY, "free in 60 s", MINUTE);
        });

        assertThat(run(each.plan(), world)).isEqualTo(Outcome.DONE);
    }

    private Outcome run(ChangePlan plan, FakeWorld world) {
        return bench.in(world).stub(ChangeRole.class, RUN).run(plan).outcome();
    }

    private static FakeWorld cluster() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
    }
}
