package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestTemporalPool;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import dev.sluice.workflows.runbook.run.Patience;
import io.temporal.api.common.v1.WorkflowExecution;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every runbook × a reset after each of its steps, and × each step that takes effect once more after the run's end. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
class RepeatedRunsTest {
    @RegisterExtension
    final TestTemporalPool pool = new TestTemporalPool();

    @Test
    void everyRunbookIsRepeated() {
        assertThat(Arrays.stream(RepeatScenario.values())
                        .map(RepeatScenario::runbook)
                        .collect(Collectors.toSet()))
                .hasSameElementsAs(Runbooks.all(Patience.STANDARD).stream()
                        .<Class<?>>map(runbook -> runbook.type())
                        .collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @EnumSource
    void aResetAfterAnyStepHasNoEffect(RepeatScenario each) throws InterruptedException {
        pool.with(WorkerMode.STAYS, temporal -> {
            FakeWorld world = each.world();
            WorkflowExecution run = each.run(temporal, world);
            List<String> after = world.picture();
            int calls = world.calls.count();
            int steps = temporal.history(run).asked().size();

            for (int step = 0; step <= steps; step++) {
                temporal.reset(run, step);
                temporal.ended(each.id());

                assertThat(world.picture()).as("after a reset to step %d", step).isEqualTo(after);
                assertThat(world.calls.count()).isEqualTo(calls);
                assertThat(temporal.history(each.id()).defect()).isEmpty();
                assertThat(temporal.history(each.id()).failure())
                        .as("after a reset to step %d", step)
                        .doesNotContain("Left behind: ");
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void aStepThatTakesEffectOnceMoreChangesNothing(RepeatScenario each) throws InterruptedException {
        pool.with(WorkerMode.STAYS, temporal -> {
            FakeWorld world = each.world();
            WorkflowExecution run = each.run(temporal, world);
            List<String> after = world.picture();
            int steps = temporal.history(run).asked().size();

            for (int step = 0; step < steps; step++) {
                Optional<String> late = temporal.carriesOutAgain(run, step);

                assertThat(world.pictureWithoutLateDroplets())
                        .as("after a late %s", late)
                        .isEqualTo(after);
            }
        });
    }
}
