package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.runbook.cleanup.OldFindLeaksRunbook;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** A run that began with the old code ends with the new code, as docs/how-to/change-a-runbook.md states. */
@EnabledIfEnvironmentVariable(named = "TEMPORAL_CLI_PATH", matches = ".+")
class ReplayOnChangedCodeTest {
    private static final LeakPlan PLAN = new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up");

    private final CountDownLatch reached = new CountDownLatch(1);

    /** One orphaned node, and a record of a destroyed proxy: only the new code searches for the latter. */
    private static FakeWorld world() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .vanished("hello-proxy-b")
                .withApp("hello-app-dead", NodeState.DEPLOYING);
    }

    @Test
    void openRunFinishesOnChangedCodeAsItBegan() throws Exception {
        try (TestTemporal temporal = TestTemporal.onARealServer(FindLeaks.class, OldFindLeaksRunbook::new)) {
            FakeWorld world = world();
            world.calls.before("Membership.Leave", this::staysUntilItsWorkerIsGone);
            WorkflowStub run = started(temporal.in(world));
            assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();

            temporal.replaceWorker();

            LeakReport report = run.getResult(30, TimeUnit.SECONDS, LeakReport.class);
            assertThat(report.leaks()).extracting(Leak::what).containsExactly("droplet 3 (hello-app-dead)");
            assertThat(world.picture()).noneMatch(line -> line.contains("hello-app-dead"));

            WorkflowStub next = started(temporal.in(world()));
            assertThat(next.getResult(30, TimeUnit.SECONDS, LeakReport.class).leaks())
                    .extracting(Leak::what)
                    .containsExactly("droplet 3 (hello-app-dead)", "record www.hello.example A 203.0.113.2");
        }
    }

    /** The worker's end interrupts it; Temporal then retries the step on the next worker. */
    private void staysUntilItsWorkerIsGone() {
        reached.countDown();
        try {
            new CountDownLatch(1).await(30, TimeUnit.SECONDS);
            throw new AssertionError("The worker was to be replaced");
        } catch (InterruptedException gone) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The worker is gone", gone);
        }
    }

    private static WorkflowStub started(TestTemporal temporal) {
        WorkflowStub run = temporal.client()
                .newUntypedWorkflowStub(
                        "FindLeaks",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId("leaks")
                                .build());
        run.start(PLAN);
        return run;
    }
}
