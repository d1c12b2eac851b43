package dev.sluice.workflows.runbook.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.CheckCluster;
import dev.sluice.workflows.CheckCluster.CheckPlan;
import dev.sluice.workflows.CheckCluster.CheckReport;
import dev.sluice.workflows.WorkflowIds;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.check.CheckFinding;
import dev.sluice.workflows.model.check.CheckStatus;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CheckClusterTest {
    private static final String A = "hello-proxy-a";
    private static final String B = "hello-proxy-b";
    private static final String ILL = "hello-app-2mq8";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private int runs;

    private static FakeWorld cluster() {
        return FakeWorld.cluster().withApp("hello-app-c3c3", NodeState.IN_SERVICE);
    }

    private static FakeWorld withFailing(String... names) {
        FakeWorld world = cluster();
        for (String name : names) {
            world.failing.add(new NodeName(name));
        }
        return world;
    }

    private CheckReport look(FakeWorld world, NodeName... only) {
        return temporal.in(world)
                .stub(CheckCluster.class, "check/hello/" + runs++)
                .run(new CheckPlan(TestPlans.FILE, List.of(only), false));
    }

    /** Runs of the schedule, each with the last one's result, for so many minutes. */
    private void watch(FakeWorld world, int minutes, Runnable meanwhile) {
        WorkflowStub watch = temporal.in(world)
                .client()
                .newUntypedWorkflowStub(
                        "CheckCluster",
                        WorkflowOptions.newBuilder()
                                .setTaskQueue(WorkflowIds.TASK_QUEUE)
                                .setWorkflowId("check/hello-" + runs++)
                                .setCronSchedule("* * * * *")
                                .build());
        watch.start(new CheckPlan(TestPlans.WATCHED, List.of(), true));
        temporal.passes(Duration.ofMinutes(minutes));
        meanwhile.run();
        watch.terminate("seen");
    }

    private void watch(FakeWorld world, int minutes) {
        watch(world, minutes, () -> {});
    }

    @Test
    void runsTheActivitiesOfItsPage() {
        FakeWorld world = cluster();

        CheckReport report = look(world);

        assertThat(world.calls.names())
                .containsExactlyInAnyOrder(
                        "Watch.LookAtService", "Cloud.ListNodes", "Watch.LookAtNodes", "Watch.LookAtNodes");
        assertThat(DocumentPage.of("runbooks/check-cluster.md").activities())
                .contains("Watch.LookAtService", "Cloud.ListNodes", "Watch.LookAtNodes", "Membership.Eject");
        assertThat(report.found()).isEmpty();
        assertThat(report.nodes()).isEqualTo(5);
    }

    @Test
    void aQuietCheckOfAHundredNodesIsAShortHistory() {
        FakeWorld world = FakeWorld.cluster();
        for (int index = 0; index < 98; index++) {
            world.withApp("hello-app-x%03d".formatted(index), NodeState.IN_SERVICE);
        }
        String id = "check/hello/" + runs++;

        CheckReport report =
                temporal.in(world).stub(CheckCluster.class, id).run(new CheckPlan(TestPlans.FILE, List.of(), false));

        assertThat(report.nodes()).isEqualTo(102);
        assertThat(temporal.client().fetchHistory(id).getEvents()).hasSizeLessThanOrEqualTo(40);
    }

    @Test
    void namesAFailingMemberWithWhatClientsGetAndTouchesNothingWhenAPersonAsks() {
        FakeWorld world = withFailing(ILL);

        CheckReport report = look(world);

        assertThat(report.found()).singleElement().satisfies(one -> {
            assertThat(one.subject()).isEqualTo(ILL);
            assertThat(one.check()).isEqualTo("ill");
            assertThat(one.status()).isEqualTo(CheckStatus.CRITICAL);
            assertThat(one.says()).contains(A, B, "503");
        });
        assertThat(world.stateOf(A, ILL)).isEqualTo(MemberState.JOINED);
    }

    @Test
    void looksOnlyAtTheNodesThatItIsAskedFor() {
        assertThat(look(cluster(), new NodeName(ILL)).nodes()).isEqualTo(1);
    }

    @Test
    void ejectsAMemberThatIsIllInTwoChecksInARowAndTellsItOnce() {
        FakeWorld world = withFailing(ILL);

        watch(world, 10);

        assertThat(world.stateOf(A, ILL)).isEqualTo(MemberState.EJECTED);
        assertThat(world.stateOf(B, ILL)).isEqualTo(MemberState.EJECTED);
        assertThat(world.calls.names().stream().filter("Membership.Eject"::equals))
                .hasSize(1);
        List<String> told = world.notices.stream()
                .flatMap(notice -> notice.lines().stream())
                .filter(line -> line.contains(ILL + " ill"))
                .toList();
        assertThat(told).hasSize(1);
    }

    @Test
    void aNodeThatTheWorkerCannotReachGetsNoStrike() {
        FakeWorld world = cluster();
        world.silent.add(new NodeName(ILL));

        watch(world, 10);

        assertThat(world.stateOf(A, ILL)).isEqualTo(MemberState.JOINED);
        assertThat(look(world).found())
                .singleElement()
                .satisfies(one -> assertThat(one.status()).isEqualTo(CheckStatus.UNKNOWN));
    }

    @Test
    void aWorkerThatReachesNoNodeSpeaksOfItself() {
        FakeWorld world = cluster();
        for (String name : List.of(A, B, ILL, "hello-app-9xd1", "hello-app-c3c3")) {
            world.silent.add(new NodeName(name));
        }

        assertThat(look(world).found()).extracting(CheckFinding::subject).containsExactly("worker");
    }

    @Test
    void nobodyIsEjectedWhileManyAreIll() {
        FakeWorld world = withFailing(ILL, "hello-app-9xd1", "hello-app-c3c3");

        watch(world, 10);

        assertThat(world.calls.names()).doesNotContain("Membership.Eject");
        assertThat(world.notices).isNotEmpty();
    }

    @Test
    void anEjectionOfOneProxyHoldsOnAll() {
        FakeWorld world = cluster().ejectedOn(A, ILL);

        watch(world, 3);

        assertThat(world.stateOf(B, ILL)).isEqualTo(MemberState.EJECTED);
    }

    @Test
    void whatIsOverIsToldOnce() {
        FakeWorld world = cluster();
        world.silent.add(new NodeName(ILL));

        watch(world, 4, () -> {
            world.silent.clear();
            temporal.passes(Duration.ofMinutes(10));
        });

        assertThat(world.notices.stream().flatMap(notice -> notice.lines().stream()))
                .filteredOn(line -> line.startsWith("over: "))
                .hasSize(1);
    }

    @Test
    void aPartThatCannotBeAskedIsAFindingOfTheWorker() {
        FakeWorld world = cluster();
        world.calls.breaks(
                new CallKey("Watch.LookAtService", 1),
                CallFault.FAILS_BEFORE_EFFECT,
                CallFault.FaultFrequency.FOR_EVER);

        CheckReport report = look(world);

        assertThat(report.found()).anySatisfy(one -> {
            assertThat(one.subject()).isEqualTo("worker");
            assertThat(one.status()).isEqualTo(CheckStatus.UNKNOWN);
        });
    }
}
