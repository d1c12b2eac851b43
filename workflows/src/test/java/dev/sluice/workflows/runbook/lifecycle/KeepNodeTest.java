package dev.sluice.workflows.runbook.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A node that failed and is kept has a run of its own, which destroys it. Each test has its own server: an abandoned child
 * leaves the test server's clock locked.
 */
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
class KeepNodeTest extends SingleNodeTestBase {
    @Test
    void handsAFailedNodeToARunThatDestroysItLater() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        List<String> before = world.picture();

        Instant begun = temporal.now();
        List<String> kept = new CopyOnWriteArrayList<>();
        AtomicReference<Instant> destroyed = new AtomicReference<>();
        world.calls.before("Cloud.DestroyDroplet", () -> {
            kept.addAll(world.picture());
            destroyed.set(temporal.now());
        });

        NodeReport report = failing(world, TestPlans.node(Role.APP, APP, false, Optional.of(Duration.ofHours(1))));

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.steps().get(report.steps().size() - 1).says()).contains("is kept for 60 min, out of traffic");
        temporal.replay("node/hello/" + APP);
        assertThat(temporal.ended("keep/hello/" + APP))
                .isEqualTo(WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_COMPLETED);
        assertThat(kept).contains("app hello-app-k3f9 quarantine").hasSize(before.size() + 1);
        assertThat(destroyed.get()).isAfterOrEqualTo(begun.plus(Duration.ofHours(1)));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void destroysAKeptNodeWhenItsTimeIsOver() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);

        NodeReport report = temporal.in(world)
                .stub(KeepNode.class, "keep/hello/hello-app-kept")
                .run(kept(Duration.ofHours(1)));

        assertThat(report.sentence()).isEqualTo("hello-app-kept was kept and is destroyed.");
        assertThat(world.picture()).isEqualTo(twoProxiesOneApp().picture());
        temporal.replay("keep/hello/hello-app-kept");
    }

    @Test
    void destroysAKeptNodeAtOnceWhenItsKeepingIsCancelled() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);
        KeepNode keep = temporal.in(world).stub(KeepNode.class, "keep/hello/hello-app-kept");
        WorkflowClient.start(keep::run, kept(Duration.ofHours(1)));

        WorkflowStub.fromTyped(keep).cancel();

        temporal.until(
                "the node is gone",
                () -> world.picture().equals(twoProxiesOneApp().picture()));
    }

    @Test
    void notifiesOfAKeptNodeThatCannotBeDestroyed() {
        FakeWorld world = twoProxiesOneApp().withApp("hello-app-kept", NodeState.QUARANTINE);
        world.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);

        Throwable ended = catchThrowable(() -> temporal.in(world)
                .stub(KeepNode.class, "keep/hello/hello-app-stays")
                .run(kept(Duration.ofSeconds(1))));

        assertThat(TypedFailures.findTyped(ended).flatMap(TypedFailures::typeOf))
                .contains(FailureType.NOT_UNDONE);
        assertThat(world.notices).singleElement().satisfies(told -> {
            assertThat(told.event()).isEqualTo("keep-failed");
            assertThat(told.title()).isEqualTo("hello: keep/hello/hello-app-stays failed and is NOT restored");
            assertThat(told.lines())
                    .contains("It was kept, since it failed to be deployed", "sluice show keep/hello/hello-app-stays");
        });
        temporal.replay("keep/hello/hello-app-stays");
    }

    @Test
    void keepsTheNotificationSettingsOfAKeptNode() {
        FakeWorld world = twoProxiesOneApp().closesGate("http", "503");
        world.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);
        NodePlan asked = TestPlans.node(Role.APP, "hello-app-told", false, Optional.of(Duration.ofSeconds(1)));

        failing(
                world,
                new NodePlan(
                        TestPlans.WATCHED,
                        asked.ref(),
                        asked.template(),
                        asked.withoutProxies(),
                        asked.approval(),
                        asked.keepFailed(),
                        asked.by(),
                        asked.reason()));
        temporal.ended("keep/hello/hello-app-told");

        assertThat(world.notices).extracting(Notice::event).containsExactly("keep-failed");
    }

    private static KeepPlan kept(Duration time) {
        return new KeepPlan(
                TestPlans.retire(Role.APP, "hello-app-kept").ref(),
                time,
                "failed to be deployed",
                TestPlans.WATCHED.notices());
    }
}
