package dev.sluice.workflows.runbook.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.Sweep;
import dev.sluice.workflows.Sweep.SweepPlan;
import dev.sluice.workflows.Sweep.SweepReport;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.NodeState;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepTest {
    private static final String SWEEP = "sweep/hello";

    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private SweepReport pass(FakeWorld world) {
        return temporal.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.FILE));
    }

    /** Returns the report of the only finding. */
    private String told(FakeWorld world) {
        List<Leak> leaks = pass(world).leaks();
        assertThat(leaks).hasSize(1);
        return "%s: %s"
                .formatted(
                        leaks.get(0).removed() ? "removed" : "stays",
                        leaks.get(0).says());
    }

    @Test
    void removesWhatADeadRunLeftInTheStepsOfItsPage() {
        FakeWorld world = FakeWorld.cluster().withApp("hello-app-dead", NodeState.DEPLOYING);

        assertThat(told(world)).isEqualTo("removed: out of traffic, then destroyed");
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
        assertThat(world.calls.names())
                .containsExactlyElementsOf(DocumentPage.of("runbooks/sweep.md").activities());
        temporal.replay(SWEEP);
    }

    @Test
    void keepsNodesWithAnOpenRunOrInService() {
        FakeWorld world = FakeWorld.cluster()
                .withApp("hello-app-busy", NodeState.DEPLOYING)
                .withApp("hello-app-wait", NodeState.READY)
                .ownerIsOpen("hello-app-busy");

        assertThat(pass(world).leaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-app-2mq8", "hello-proxy-a"})
    void aDoubleOfANodeInServiceGoesAloneAndTheNodeStays(String node) {
        FakeWorld world = FakeWorld.cluster().withDouble(node);

        List<Leak> leaks = pass(world).leaks();

        assertThat(leaks).singleElement().satisfies(leak -> {
            assertThat(leak.what()).isEqualTo("droplet 5 (a double of %s, which serves)".formatted(node));
            assertThat(leak.says()).isEqualTo("destroyed; the node of that name stays");
        });
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
        assertThat(world.calls.names()).doesNotContain("Membership.Leave", "Dns.Withdraw");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-app-2mq8", "hello-proxy-a"})
    void keepsNodesInAProxysFileOrInDnsWhateverTheirTag(String node) {
        FakeWorld world = FakeWorld.cluster().tagged(node, NodeState.LEAVING);
        List<String> before = world.picture();

        assertThat(told(world)).startsWith("stays: not removed: it").containsAnyOf("is in the files of", "is in DNS");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void onlyNamesNodesWhoseRunIsUnknownToTemporal() {
        assertThat(told(FakeWorld.cluster()
                        .withApp("hello-app-what", NodeState.DEPLOYING)
                        .ownerIsUnknown("hello-app-what")))
                .isEqualTo("stays: not removed: Temporal does not know its run, and another Temporal server may");
    }

    @Test
    void onlyNamesTheDropletOfAnotherBake() {
        assertThat(told(FakeWorld.cluster().withApp("hello-app-bake-k3f9", NodeState.DEPLOYING)))
                .isEqualTo("stays: not removed: Temporal knows another run as bake/hello/app");
    }

    @Test
    void onlyNamesNodesThatAPersonQuarantined() {
        assertThat(told(FakeWorld.cluster().withApp("hello-app-keep", NodeState.QUARANTINE)))
                .contains("stays", "sluice leaks --fix");
    }

    @Test
    void waitsForTheQuarantineTime() {
        Instant ended = temporal.now().minus(Duration.ofMinutes(59));
        FakeWorld world =
                FakeWorld.cluster().withApp("hello-app-dead", NodeState.LEAVING).ownerEnded("hello-app-dead", ended);

        assertThat(told(world))
                .isEqualTo("stays: not removed: it stays in quarantine until " + ended.plusSeconds(3600));
        temporal.passes(Duration.ofMinutes(2));
        assertThat(told(world)).startsWith("removed");
    }

    @Test
    void removesNothingWhileAProxyCannotBeRead() {
        FakeWorld world = FakeWorld.cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .turnsOff("hello-proxy-b");

        assertThat(pass(world).leaks())
                .extracting(Leak::what)
                .containsExactly("droplet 5 (hello-app-dead)", "unreadable part");
        assertThat(world.picture()).contains("app hello-app-dead deploying");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dns.Records", "Membership.Read", "Runs.Open", "Runs.Owners", "Cloud.ListNodes"})
    void removesNothingWhileAPartCannotBeRead(String activity) {
        FakeWorld world = FakeWorld.cluster().withApp("hello-app-dead", NodeState.DEPLOYING);
        world.calls.breaks(activity, CallFault.FAILS_BEFORE_EFFECT);

        SweepReport report = pass(world);

        assertThat(world.calls.fired()).isNotEmpty();
        assertThat(report.leaks()).isNotEmpty().noneMatch(Leak::removed);
        assertThat(world.picture()).contains("app hello-app-dead deploying");
    }

    @Test
    void removesAtMostTwoNodesAPass() {
        FakeWorld world = FakeWorld.cluster()
                .withApp("hello-app-dea1", NodeState.DEPLOYING)
                .withApp("hello-app-dea2", NodeState.DEPLOYING)
                .withApp("hello-app-dea3", NodeState.LEAVING);

        assertThat(pass(world).leaks()).filteredOn(Leak::removed).hasSize(2);
        assertThat(world.picture()).contains("app hello-app-dea3 leaving");
        assertThat(pass(world).leaks()).filteredOn(Leak::removed).hasSize(1);
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void keepsAServingClusterWhenTemporalIsEmptyForADay() {
        FakeWorld world = FakeWorld.cluster()
                .withApp("hello-app-wait", NodeState.READY)
                .withApp("hello-app-half", NodeState.DEPLOYING)
                .withApp("hello-app-gone", NodeState.LEAVING)
                .tagged("hello-app-9xd1", NodeState.LEAVING)
                .nobodyIsKnown();
        List<String> before = world.picture();

        pass(world);
        temporal.passes(Duration.ofDays(1));
        SweepReport report = pass(world);

        assertThat(world.picture()).isEqualTo(before);
        assertThat(report.leaks())
                .extracting(Leak::what)
                .containsExactly(
                        "droplet 4 (hello-app-9xd1)", "droplet 7 (hello-app-gone)", "droplet 6 (hello-app-half)");
    }

    @Test
    void namesDanglingReferences() {
        FakeWorld world = FakeWorld.cluster()
                .runGoesOn("hello-app-lost", Instant.EPOCH)
                .runGoesOn("hello-app-new1", temporal.now())
                .vanished("hello-proxy-b")
                .vanished("hello-app-9xd1");

        assertThat(pass(world).leaks())
                .extracting(Leak::what)
                .containsExactly(
                        "member hello-app-9xd1 on hello-proxy-a",
                        "record www.hello.example A 203.0.113.2",
                        "run node/hello/hello-app-lost");
    }

    @Test
    void namesFirewallEntriesOfDestroyedNodes() {
        FakeWorld world = FakeWorld.cluster()
                .firewallNamesRun("web", "old")
                .firewallNamesRun("left", "gone")
                .firewallNamesGoneDroplet("web", 99, TestPlans.HELLO)
                .firewallNamesGoneDroplet("theirs", 98, new ClusterName("other"))
                .firewallsCannotBeSeen("403");

        assertThat(pass(world).leaks())
                .noneMatch(Leak::removed)
                .extracting(leak -> leak.what() + ": " + leak.why())
                .containsExactly(
                        "firewall left: it names the tag run:gone, which no resource carries",
                        "firewall web: it names droplet 99, which does not exist",
                        "unreadable part: firewalls: 403");
    }

    private static List<String> told(FakeWorld world, String event) {
        return world.notices.stream()
                .filter(notice -> notice.event().equals(event))
                .map(Notice::title)
                .toList();
    }

    @Test
    void notifiesOfEachStuckRunOnceADay() {
        FakeWorld world = FakeWorld.cluster();
        world.stuckRuns.add("change/hello/app");
        temporal.in(world).everyTenMinutes(Sweep.class, SWEEP, SweepPlan.of(TestPlans.WATCHED));

        try {
            temporal.passes(Duration.ofHours(1));
            world.stuckRuns.add("node/hello/hello-app-9xd1");
            temporal.passes(Duration.ofHours(1));
        } finally {
            temporal.client().newUntypedWorkflowStub(SWEEP).terminate("seen enough");
        }

        List<String> days = world.notices.stream()
                .flatMap(notice -> notice.lines().stream()
                        .filter(line -> line.startsWith("sluice show "))
                        .map(line -> LocalDate.ofInstant(notice.at(), ZoneOffset.UTC) + " " + line))
                .toList();
        assertThat(days)
                .doesNotHaveDuplicates()
                .anyMatch(line -> line.endsWith("sluice show change/hello/app"))
                .anyMatch(line -> line.endsWith("sluice show node/hello/hello-app-9xd1"));
        assertThat(told(world, "run-hangs").get(0)).isEqualTo("hello: change/hello/app is stuck on a defect of Sluice");
        assertThat(world.calls.names().stream().filter("Runs.Stuck"::equals)).hasSizeGreaterThan(8);
    }

    @Test
    void notifiesOfAStuckRunAgainAfterTheWebhookFailed() {
        FakeWorld world = FakeWorld.cluster();
        world.stuckRuns.add("change/hello/app");
        world.calls.breaks("Notice.Tell", CallFault.FAILS_BEFORE_EFFECT);

        SweepReport report = temporal.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.WATCHED));

        assertThat(report.told()).isEmpty();
        assertThat(report.leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.what()).isEqualTo("stuck runs");
            assertThat(leak.why()).startsWith("the notice could not be sent: ");
        });
        temporal.replay(SWEEP);
    }

    @Test
    void notifiesOfAStuckRunAlthoughThePassFailed() {
        FakeWorld world = FakeWorld.cluster();
        world.stuckRuns.add("change/hello/app");
        world.calls.breaks("Cloud.ListNodes", CallFault.FAILS_BEFORE_EFFECT);

        temporal.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.WATCHED));

        assertThat(told(world, "run-hangs")).hasSize(1);
    }

    @Test
    void removesATagThatTwoPassesSawEmptyUnlessAFirewallNamesIt() {
        FakeWorld world = FakeWorld.cluster()
                .withTag("config:0123456789abcdef")
                .withTag("run:gone")
                .withTag("run:walled")
                .firewallNamesRun("left", "walled");
        temporal.in(world).everyTenMinutes(Sweep.class, SWEEP, SweepPlan.of(TestPlans.FILE));

        try {
            // Ten minutes hold one full ten minutes of the clock, eleven may hold two.
            temporal.passes(Duration.ofMinutes(10));
            temporal.until("a first pass", () -> world.calls.names().contains("Runs.Open"));
            assertThat(world.calls.names()).doesNotContain("Cloud.DeleteTag");

            temporal.passes(Duration.ofMinutes(10));
            temporal.until("a second pass", () -> world.tags().equals(List.of("run:walled")));
        } finally {
            temporal.client().newUntypedWorkflowStub(SWEEP).terminate("seen enough");
        }
    }
}
