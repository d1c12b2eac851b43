package dev.sluice.workflows.runbook.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterFileDigest;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.TruthDifference;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A difference between droplets, records and the cluster file stops the changes that it makes unsafe. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TruthsBeforeAChangeTest {
    private static final String PROXY = "hello-proxy-b";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private ChangeReport run(FakeWorld world, ChangePlan plan) {
        return temporal.in(world)
                .stub(ChangeRole.class, "change/hello/" + plan.role())
                .run(plan);
    }

    private ChangeReport failing(FakeWorld world, ChangePlan plan) {
        return TestTemporal.carried(catchThrowable(() -> run(world, plan)), ChangeReport.class);
    }

    private static ChangePlan retire(Role role, String node) {
        return TestPlans.change(role, ChangeKind.RETIRE, Optional.empty(), List.of(), false, node);
    }

    private static ChangePlan with(ChangePlan plan, ClusterFile file) {
        return new ChangePlan(
                file,
                plan.role(),
                plan.kind(),
                plan.nodes(),
                plan.template(),
                plan.approval(),
                plan.withoutProxies(),
                plan.keepFailed(),
                plan.acceptConfig(),
                plan.drain(),
                plan.by(),
                plan.reason(),
                Instant.EPOCH);
    }

    private static ClusterFile withOthers(String... addresses) {
        ClusterFile file = TestPlans.FILE;
        return ClusterFileDigest.addDigest(new ClusterFile(
                file.name(),
                file.domain(),
                file.service(),
                file.region(),
                file.vpc(),
                file.sshKeys(),
                file.ttl(),
                file.nameServer(),
                file.roles(),
                file.expiry(),
                file.notices(),
                file.check(),
                List.of(addresses),
                file.digest()));
    }

    private static FakeWorld differing(DifferenceKind kind, Optional<String> node) {
        FakeWorld world = FakeWorld.cluster();
        world.differences.add(new TruthDifference(kind, node.map(NodeName::new), "this differs from that", "mend it"));
        return world;
    }

    /** The renamed proxy: it is in no list, and clients still reach it. */
    private static FakeWorld withAProxyThatFellOutOfTheList() {
        return FakeWorld.cluster().vanished(PROXY);
    }

    @Test
    void anAddressOfNoKnownNodeStopsWhatMustReachEveryProxy() {
        for (ChangePlan plan : List.of(
                TestPlans.deploy(Role.APP, "hello-app-k3f9"),
                retire(Role.APP, "hello-app-2mq8"),
                retire(Role.PROXY, "hello-proxy-a"))) {
            FakeWorld world = withAProxyThatFellOutOfTheList();
            List<String> before = world.picture();

            ChangeReport report = failing(world, plan);

            assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
            assertThat(report.failure()).contains(FailureType.TRUTHS_DIFFER);
            assertThat(report.sentence()).contains("203.0.113.2 is no known node: remove it");
            assertThat(world.picture()).isEqualTo(before);
        }
    }

    /** If all proxies are lost, their records are left; new proxies are the remedy. */
    @Test
    void aDeploymentOfProxiesGoesOnAndNamesTheAddress() {
        FakeWorld world = withAProxyThatFellOutOfTheList();

        ChangeReport report = run(world, TestPlans.deploy(Role.PROXY, "hello-proxy-k3f9"));

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.steps().get(0).says()).contains("203.0.113.2 is no known node");
    }

    @Test
    void anAddressOfAnotherHandIsShownAndStopsNothing() {
        ChangePlan plan = with(TestPlans.deploy(Role.APP, "hello-app-k3f9"), withOthers("203.0.113.2"));

        ChangeReport report = run(withAProxyThatFellOutOfTheList(), plan);

        assertThat(report.outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(report.steps().get(0).says()).contains("by dns.others, counted by no guard: 203.0.113.2");
    }

    @Test
    void anAlteredDropletStopsEveryChange() {
        for (ChangePlan plan : List.of(
                TestPlans.deploy(Role.PROXY, "hello-proxy-k3f9"),
                TestPlans.deploy(Role.APP, "hello-app-k3f9"),
                retire(Role.APP, "hello-app-2mq8"))) {
            ChangeReport report = failing(differing(DifferenceKind.ALTERED_DROPLET, Optional.empty()), plan);

            assertThat(report.failure()).contains(FailureType.TRUTHS_DIFFER);
            assertThat(report.failure().orElseThrow().exitCode()).isEqualTo(5);
            assertThat(report.sentence()).isEqualTo("Refused: this differs from that: mend it.");
        }
    }

    @Test
    void aRecordThatLeadsToANodeStopsItsRetirementOnly() {
        FakeWorld world = differing(DifferenceKind.OTHER_NAME, Optional.of(PROXY));

        assertThat(failing(world, retire(Role.PROXY, PROXY)).failure()).contains(FailureType.TRUTHS_DIFFER);
        assertThat(run(world, retire(Role.PROXY, "hello-proxy-a")).outcome()).isEqualTo(RunOutcome.DONE);
    }

    @Test
    void refusesToRetireAPublishedProxyWithAFileThatNamesAnotherRecord() {
        FakeWorld world = differing(DifferenceKind.OTHER_SERVICE, Optional.of(PROXY));

        assertThat(failing(world, retire(Role.PROXY, PROXY)).failure()).contains(FailureType.TRUTHS_DIFFER);
        assertThat(run(world, TestPlans.deploy(Role.APP, "hello-app-k3f9")).outcome())
                .isEqualTo(RunOutcome.DONE);
    }

    /** One machine with two addresses is one proxy, and the last one stays. */
    @Test
    void aReservedAddressIsNoOtherProxy() {
        FakeWorld world =
                new FakeWorld().withProxy(PROXY, NodeState.IN_SERVICE).withApp("hello-app-2mq8", NodeState.IN_SERVICE);
        world.differences.add(new TruthDifference(
                DifferenceKind.SAME_MACHINE, Optional.of(new NodeName(PROXY)), "A 198.18.0.9 leads to it", ""));

        ChangeReport report = failing(world, retire(Role.PROXY, PROXY));

        assertThat(report.failure()).contains(FailureType.GUARD_REFUSED);
        assertThat(report.sentence())
                .contains("without hello-proxy-b, 0 published proxies would serve clients, expected at least 1")
                .contains("A 198.18.0.9 leads to it");
    }

    @Test
    void aPublishedNodeOutOfTrafficMayBeRetired() {
        FakeWorld world = differing(DifferenceKind.NOT_IN_TRAFFIC, Optional.of(PROXY));

        assertThat(failing(world, TestPlans.deploy(Role.APP, "hello-app-k3f9")).failure())
                .contains(FailureType.TRUTHS_DIFFER);
        assertThat(run(world, retire(Role.PROXY, PROXY)).outcome()).isEqualTo(RunOutcome.DONE);
    }

    @Test
    void aRetirementComparesTheClusterFileToo() {
        FakeWorld world = FakeWorld.cluster().withConfig("hello-app-2mq8", "0123456789abcdef");
        ChangePlan accepted =
                TestPlans.change(Role.APP, ChangeKind.RETIRE, Optional.empty(), List.of(), true, "hello-app-2mq8");

        assertThat(failing(world, retire(Role.APP, "hello-app-2mq8")).failure()).contains(FailureType.CONFIG_CHANGED);
        assertThat(run(world, accepted).outcome()).isEqualTo(RunOutcome.DONE);
    }
}
