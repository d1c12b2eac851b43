package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.CallFault.FaultFrequency;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.fake.TestTemporalPool;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every call of a run × every fault × once or in each of three tries × a worker that stays or is replaced: at the end
 * the world is the goal or the start, and the report states which. A new step adds its cases by itself.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class BoundaryMatrixTest {
    private final Map<MatrixScenario, List<String>> goals = new EnumMap<>(MatrixScenario.class);
    private final Map<MatrixScenario, List<CallKey>> calls = new EnumMap<>(MatrixScenario.class);

    @RegisterExtension
    final TestTemporalPool pool = new TestTemporalPool();

    /** One case. */
    record MatrixCase(
            MatrixScenario subject,
            CallKey call,
            CallFault fault,
            FaultFrequency often,
            WorkerMode worker,
            boolean lastLook) {
        @Override
        public String toString() {
            return "%s: %s %s %s, worker %s".formatted(subject, call, fault, often, worker);
        }
    }

    @BeforeAll
    void start() throws InterruptedException {
        for (MatrixScenario subject : MatrixScenario.values()) {
            pool.with(WorkerMode.STAYS, temporal -> goodRun(subject, temporal));
        }
    }

    private void goodRun(MatrixScenario subject, TestTemporal temporal) {
        FakeWorld good = subject.world();
        subject.run(temporal, good);
        goals.put(subject, good.picture());
        calls.put(subject, good.calls.all());
    }

    Stream<MatrixCase> everyCallTimesEveryFault() {
        return calls.entrySet().stream().flatMap(run -> {
            CallKey last = run.getValue().get(run.getValue().size() - 1);
            return run.getValue().stream()
                    .flatMap(call -> cases(
                            run.getKey(),
                            call,
                            call.equals(last) && call.activity().equals("Cloud.ListNodes")));
        });
    }

    private static Stream<MatrixCase> cases(MatrixScenario subject, CallKey call, boolean lastLook) {
        return Stream.of(CallFault.values())
                .flatMap(fault -> Stream.of(FaultFrequency.values())
                        .flatMap(often -> Stream.of(WorkerMode.values())
                                .map(worker -> new MatrixCase(subject, call, fault, often, worker, lastLook))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("everyCallTimesEveryFault")
    void endsAtTheGoalOrAtTheStart(MatrixCase each) throws InterruptedException {
        pool.with(each.worker(), temporal -> check(each, temporal));
    }

    private void check(MatrixCase each, TestTemporal temporal) {
        FakeWorld world = each.subject().world();
        world.calls.breaks(each.call(), each.fault(), each.often());

        NodeReport report = each.subject().run(temporal, world);

        assertThat(world.calls.fired()).as("the fault fired").contains(each.call());
        assertThat(report.outcome()).as(report.sentence()).isIn(possible(each));
        isAsItSays(world, report, each.subject());
    }

    /** A successful retry changes nothing; a run with a failed step never reports DONE. */
    private static List<RunOutcome> possible(MatrixCase each) {
        if (each.often() == FaultFrequency.ONCE) {
            return List.of(each.subject().outcome());
        }
        return each.subject().afterFailure(each.lastLook());
    }

    /** The world is the goal, the start, or what the report names, which is out of traffic and can be found again. */
    private void isAsItSays(FakeWorld world, NodeReport report, MatrixScenario subject) {
        List<String> start = subject.world().picture();
        switch (report.outcome()) {
            case DONE -> assertThat(world.picture()).isEqualTo(goals.get(subject));
            case RESTORED -> assertThat(world.picture()).isEqualTo(start);
            case NOT_RESTORED -> {
                assertThat(report.sentence()).contains("Left behind").contains(subject.node());
                assertThat(world.picture()).allMatch(line -> start.contains(line) || isOutOfTraffic(line, subject));
            }
            case RUNNING, REFUSED, REJECTED -> throw new AssertionError(report.sentence());
        }
    }

    /** No record, and not open on a proxy. */
    private static boolean isOutOfTraffic(String line, MatrixScenario subject) {
        return line.startsWith("app " + subject.node()) || line.startsWith("proxy " + subject.node());
    }
}
