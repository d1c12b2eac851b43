package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.run.Patience;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every step waits for the rate limit, with the limits of a real worker: no run rolls back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RateLimitTest {
    private static final String RUN = "change/hello/app";

    /** The longest wait that a worker requests. */
    private static final Duration MINUTE = Duration.ofSeconds(60);

    @RegisterExtension
    final TestTemporal temporal = TestTemporal.asPatientAs(Patience.STANDARD);

    /** One case. */
    record RateLimitCase(ChangePlan plan, CallKey call) {
        @Override
        public String toString() {
            return "%s: %s".formatted(plan.kind(), call);
        }
    }

    Stream<RateLimitCase> everyCallThatAsksTheCloud() {
        return Stream.of(
                        TestPlans.deploy(Role.APP, "hello-app-k3f9"),
                        TestPlans.change(
                                Role.APP,
                                ChangePlan.ChangeKind.RETIRE,
                                Optional.empty(),
                                List.of(),
                                false,
                                "hello-app-9xd1"))
                .flatMap(plan -> {
                    FakeWorld good = FakeWorld.cluster();
                    run(plan, good);
                    return good.calls.all().stream()
                            .filter(call -> !call.activity().startsWith("Node."))
                            .map(call -> new RateLimitCase(plan, call));
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyCallThatAsksTheCloud")
    void waitsForTheRateLimit(RateLimitCase each) {
        FakeWorld world = FakeWorld.cluster();
        world.calls.before(each.call(), () -> {
            throw TypedFailures.retryableAfter(FailureType.CLOUD_BUSY, "free in 60 s", MINUTE);
        });

        assertThat(run(each.plan(), world)).isEqualTo(RunOutcome.DONE);
    }

    private RunOutcome run(ChangePlan plan, FakeWorld world) {
        return temporal.in(world).stub(ChangeRole.class, RUN).run(plan).outcome();
    }
}
