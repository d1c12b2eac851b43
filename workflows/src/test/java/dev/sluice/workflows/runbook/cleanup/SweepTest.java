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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepTest {
    private static final String SWEEP = "sweep/hello";

    private TestTemporal bench;

    @BeforeAll
    void start() {
        bench = new TestTemporal();
    }

    @AfterAll
    void stop() {
        bench.close();
    }

    private static FakeWorld cluster() {
        return new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withProxy("hello-proxy-b", NodeState.IN_SERVICE)
                .withApp("hello-app-2mq8", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
    }

    private SweepReport pass(FakeWorld world) {
        return bench.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.FILE));
    }

    /** How the one thing that was found is told. */
    private String told(FakeWorld world) {
        List<Leak> leaks = pass(world).leaks();
        assertThat(leaks).hasSize(1);
        return "%s: %s"
                .formatted(
                        leaks.get(0).removed() ? "removed" : "stays",
                        leaks.get(0).says());
    }

    @Test
    void removesWhatADeadRunLeftAsItsPageSays() {
        FakeWorld world = cluster().withApp("hello-app-dead", NodeState.DEPLOYING);

        assertThat(told(world)).isEqualTo("removed: out of traffic, then destroyed");
        assertThat(world.picture()).isEqualTo(cluster().picture());
        assertThat(world.calls.names())
                .containsExactlyElementsOf(DocumentPage.of("runbooks/sweep.md").activities());
        bench.replay(SWEEP);
    }

    @Test
    void leavesAloneWhatHasALivingOwnerOrServes() {
        FakeWorld world = cluster()
                .withApp("hello-app-busy", NodeState.DEPLOYING)
                .withApp("hello-app-wait", NodeState.READY)
                .ownerGoesOn("hello-app-busy");

        assertThat(pass(world).leaks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello-app-2mq8", "hello-proxy-a"})
    void neverRemovesWhatStandsInAFileOrInDnsWhateverItsTagSays(String node) {
        FakeWorld world = cluster().tagged(node, NodeState.LEAVING);
        List<String> before = world.picture();

        assertThat(told(world))
                .startsWith("stays: not removed: it")
                .containsAnyOf("stands in the files of", "is in DNS");
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void onlyNamesWhatTemporalDoesNotKnow() {
        assertThat(told(cluster().withApp("hello-app-what", NodeState.DEPLOYING).ownerIsUnknown("hello-app-what")))
                .isEqualTo("stays: not removed: Temporal does not know its run, and another Temporal may");
    }

    @Test
    void onlyNamesTheMachineOfAnotherBake() {
        assertThat(told(cluster().withApp("hello-app-bake-k3f9", NodeState.DEPLOYING)))
                .isEqualTo("stays: not removed: the run that Temporal knows as bake/hello/app is another one");
    }

    @Test
    void onlyNamesWhatAPersonQuarantined() {
        assertThat(told(cluster().withApp("hello-app-keep", NodeState.QUARANTINE)))
                .contains("stays", "sluice leaks --fix");
    }

    @Test
    void waitsForTheQuarantineTime() {
        Instant ended = bench.now().minus(Duration.ofMinutes(59));
        FakeWorld world = cluster().withApp("hello-app-dead", NodeState.LEAVING).ownerEnded("hello-app-dead", ended);

        assertThat(told(world))
                .isEqualTo("stays: not removed: it stays in quarantine until " + ended.plusSeconds(3600));
        bench.passes(Duration.ofMinutes(2));
        assertThat(told(world)).startsWith("removed");
    }

    @Test
    void removesNothingWhileAProxyCannotBeRead() {
        FakeWorld world =
                cluster().withApp("hello-app-dead", NodeState.DEPLOYING).turnsOff("hello-proxy-b");

        assertThat(pass(world).leaks())
                .extracting(Leak::what)
                .containsExactly("droplet 5 (hello-app-dead)", "what could not be read");
        assertThat(world.picture()).contains("app hello-app-dead deploying");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dns.Records", "Membership.Read", "Runs.Open", "Runs.Owners", "Cloud.ListNodes"})
    void removesNothingAndReturnsWhileAPartOfTheWorldIsUnknown(String activity) {
        FakeWorld world = cluster().withApp("hello-app-dead", NodeState.DEPLOYING);
        world.calls.breaks(activity, CallFault.FAILS_BEFORE_EFFECT);

        SweepReport report = pass(world);

        assertThat(world.calls.fired()).isNotEmpty();
        assertThat(report.leaks()).isNotEmpty().noneMatch(Leak::removed);
        assertThat(world.picture()).contains("app hello-app-dead deploying");
    }

    @Test
    void removesAtMostTwoAPass() {
        FakeWorld world = cluster()
                .withApp("hello-app-dea1", NodeState.DEPLOYING)
                .withApp("hello-app-dea2", NodeState.DEPLOYING)
                .withApp("hello-app-dea3", NodeState.LEAVING);

        assertThat(pass(world).leaks()).filteredOn(Leak::removed).hasSize(2);
        assertThat(world.picture()).contains("app hello-app-dea3 leaving");
        assertThat(pass(world).leaks()).filteredOn(Leak::removed).hasSize(1);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void destroysNothingOfAServingClusterWhenTemporalIsEmptyEvenADayLater() {
        FakeWorld world = cluster()
                .withApp("hello-app-wait", NodeState.READY)
                .withApp("hello-app-half", NodeState.DEPLOYING)
                .withApp("hello-app-gone", NodeState.LEAVING)
                .tagged("hello-app-9xd1", NodeState.LEAVING)
                .nobodyIsKnown();
        List<String> before = world.picture();

        pass(world);
        bench.passes(Duration.ofDays(1));
        SweepReport report = pass(world);

        assertThat(world.picture()).isEqualTo(before);
        assertThat(report.leaks())
                .extracting(Leak::what)
                .containsExactly(
                        "droplet 4 (hello-app-9xd1)", "droplet 7 (hello-app-gone)", "droplet 6 (hello-app-half)");
    }

    @Test
    void namesTracesWithoutAThing() {
        FakeWorld world = cluster()
                .runGoesOn("hello-app-lost", Instant.EPOCH)
                .runGoesOn("hello-app-new1", bench.now())
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
    void namesWhatFirewallsListOfNodesThatAreGone() {
        FakeWorld world = cluster()
                .firewallNamesRun("web", "old")
                .firewallNamesRun("left", "gone")
                .firewallNamesGoneDroplet("web", 99, TestPlans.HELLO)
                .firewallNamesGoneDroplet("theirs", 98, new ClusterName("other"))
                .firewallsCannotBeSeen("403");

        assertThat(pass(world).leaks())
                .noneMatch(Leak::removed)
                .extracting(leak -> leak.what() + ": " + leak.why())
                .containsExactly(
                        "firewall left: it names the tag run:gone, which nothing else carries",
                        "firewall web: it names droplet 99, which is not there",
                        "what could not be read: firewalls: 403");
    }

    private static List<String> told(FakeWorld world, String event) {
        return world.notices.stream()
                .filter(notice -> notice.event().equals(event))
                .map(Notice::title)
                .toList();
    }

    @Test
    void peopleAreToldOfARunThatHangsOnceADayAlsoOfOneThatHangsLater() {
        FakeWorld world = cluster();
        world.stuckRuns.add("change/hello/app");
        bench.in(world).everyTenMinutes(Sweep.class, SWEEP, SweepPlan.of(TestPlans.WATCHED));

        try {
            bench.passes(Duration.ofHours(1));
            world.stuckRuns.add("node/hello/hello-app-9xd1");
            bench.passes(Duration.ofHours(1));
        } finally {
            bench.client().newUntypedWorkflowStub(SWEEP).terminate("seen enough");
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
        assertThat(told(world, "run-hangs").get(0)).isEqualTo("hello: change/hello/app hangs on a bug of Sluice");
        assertThat(world.calls.names().stream().filter("Runs.Stuck"::equals)).hasSizeGreaterThan(8);
    }

    @Test
    void aRunThatHangsIsToldByTheNextPassWhenTheWebhookFailed() {
        FakeWorld world = cluster();
        world.stuckRuns.add("change/hello/app");
        world.calls.breaks("Notice.Tell", CallFault.FAILS_BEFORE_EFFECT);

        SweepReport report = bench.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.WATCHED));

        assertThat(report.told()).isEmpty();
        assertThat(report.leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.what()).isEqualTo("runs that hang");
            assertThat(leak.why()).startsWith("people could not be told: ");
        });
        bench.replay(SWEEP);
    }

    @Test
    void aPassThatCannotLookStillTellsOfARunThatHangs() {
        FakeWorld world = cluster();
        world.stuckRuns.add("change/hello/app");
        world.calls.breaks("Cloud.ListNodes", CallFault.FAILS_BEFORE_EFFECT);

        bench.in(world).stub(Sweep.class, SWEEP).run(SweepPlan.of(TestPlans.WATCHED));

        assertThat(told(world, "run-hangs")).hasSize(1);
    }

    @Test
    void keepsATagThatAFirewallNamesAndRemovesOneThatTwoPassesSawEmpty() {
        FakeWorld world = cluster()
                .withTag("config:0123456789abcdef")
                .withTag("run:gone")
                .withTag("run:walled")
                .firewallNamesRun("left", "walled");
        bench.in(world).everyTenMinutes(Sweep.class, SWEEP, SweepPlan.of(TestPlans.FILE));

        try {
            // Ten minutes hold one full ten minutes of the clock, eleven may hold two.
            bench.passes(Duration.ofMinutes(10));
            bench.until("a first pass", () -> world.calls.names().contains("Runs.Open"));
            assertThat(world.calls.names()).doesNotContain("Cloud.DeleteTag");

            bench.passes(Duration.ofMinutes(10));
            bench.until("a second pass", () -> world.tags().equals(List.of("run:walled")));
        } finally {
            bench.client().newUntypedWorkflowStub(SWEEP).terminate("seen enough");
        }
    }
}
