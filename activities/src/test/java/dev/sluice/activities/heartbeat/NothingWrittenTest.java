package dev.sluice.activities.heartbeat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a later try of a step may say of the earlier ones. */
class NothingWrittenTest {
    private static final String QUEUE = "tries";

    private final TestWorkflowEnvironment temporal = TestWorkflowEnvironment.newInstance();
    private final List<Boolean> nothingWasWritten = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        temporal.close();
    }

    /** A step that fails twice. */
    @ActivityInterface
    public interface Step {
        void go();
    }

    /** Its run. */
    @WorkflowInterface
    public interface Run {
        @WorkflowMethod
        void run();
    }

    /** Tries the step three times. */
    public static final class ThreeTries implements Run {
        @Override
        public void run() {
            ActivityOptions options = ActivityOptions.newBuilder()
                    .setStartToCloseTimeout(Duration.ofSeconds(10))
                    .setHeartbeatTimeout(Duration.ofSeconds(5))
                    .setRetryOptions(RetryOptions.newBuilder()
                            .setMaximumAttempts(3)
                            .setInitialInterval(Duration.ofMillis(1))
                            .build())
                    .build();
            Workflow.newActivityStub(Step.class, options).go();
        }
    }

    @Test
    void isTrueOnlyAfterAttemptsThatRecordedIt() {
        io.temporal.worker.Worker worker = temporal.newWorker(QUEUE);
        worker.registerWorkflowImplementationTypes(ThreeTries.class);
        worker.registerActivitiesImplementations((Step) () -> {
            nothingWasWritten.add(ActivityHeartbeat.nothingWasWritten());
            if (nothingWasWritten.size() == 1) {
                ActivityHeartbeat.recordNothingWritten();
            }
            if (nothingWasWritten.size() < 3) {
                throw TypedFailures.of(FailureType.PROXY_UNREACHABLE, "away");
            }
        });
        temporal.start();

        temporal.getWorkflowClient()
                .newWorkflowStub(
                        Run.class,
                        WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
                .run();

        assertThat(nothingWasWritten).containsExactly(true, true, false);
    }
}
