package dev.sluice.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.CloudActivities;
import dev.sluice.workflows.model.cluster.ClusterName;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestWorkflowEnvironment;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** A step that does not come back, on a worker whose clock the test sets. */
final class ActivitySlotsTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final SettableClock clock = new SettableClock();
    private final ActivitySlots slots = new ActivitySlots(clock);

    private static final class SettableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-12-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void workerIsNotReadyOnceStuckStepsHoldHalfOfItsSlots() throws InterruptedException {
        try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
            WorkerRegistration.register(environment.getWorkflowClient(), List.of(hangingCloud()), slots)
                    .start();
            WorkflowStub run = environment
                    .getWorkflowClient()
                    .newUntypedWorkflowStub(
                            "Templates",
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                    .setWorkflowId("templates/hello")
                                    .build());
            run.start(new ClusterName("hello"), Optional.empty(), Optional.empty());
            assertThat(begun.await(45, TimeUnit.SECONDS)).isTrue();

            assertThat(slots.stuck()).isEmpty();
            assertThat(health(2).getStatus()).isEqualTo(Status.UP);

            clock.now = clock.now.plus(Duration.ofHours(1));
            assertThat(slots.stuck())
                    .singleElement()
                    .extracting(one -> one.type())
                    .isEqualTo("Cloud.ListTemplates");
            assertThat(slots.oldest()).isEqualTo(Duration.ofHours(1));
            assertThat(health(2).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(2).getDetails())
                    .containsEntry("stuck", "1 of 2 slots")
                    .containsEntry("oldest", "Cloud.ListTemplates for 3600 s");
            assertThat(health(40).getStatus())
                    .as("one of many costs the worker little")
                    .isEqualTo(Status.UP);

            goOn.countDown();
            run.getResult(List.class);
            assertThat(slots.oldest()).isZero();
            assertThat(health(2).getStatus()).isEqualTo(Status.UP);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripts/common.sh", "distribution/src/main/files/bin/sluice-worker"})
    void workerWithoutMemoryEnds(String launcher) throws Exception {
        assertThat(Files.readString(Path.of("..").resolve(launcher))).contains("-Xmx160m -XX:+ExitOnOutOfMemoryError");
    }

    private Health health(int size) {
        return new SlotHealth(slots, size, clock).health();
    }

    private CloudActivities hangingCloud() {
        return (CloudActivities) Proxy.newProxyInstance(
                CloudActivities.class.getClassLoader(),
                new Class<?>[] {CloudActivities.class},
                (proxy, method, words) -> {
                    if (!method.getName().equals("listTemplates")) {
                        return method.getName().equals("toString") ? "hanging cloud" : 0;
                    }
                    begun.countDown();
                    assertThat(goOn.await(60, TimeUnit.SECONDS)).isTrue();
                    return List.of();
                });
    }
}
