package dev.sluice.workflows.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.EjectNode;
import dev.sluice.workflows.EjectNode.EjectPlan;
import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.FindLeaks;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakPlan;
import dev.sluice.workflows.RetireNode;
import dev.sluice.workflows.ShowAccount;
import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.Templates;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.fake.ActivityJournal.CallKey;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeAdoption;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.CloudAccount;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtherRunbooksTest {
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

    private NodeReport retire(FakeWorld world, Role role, String name) {
        return bench.in(world).stub(RetireNode.class, "node/hello/" + name).run(TestPlans.retire(role, name));
    }

    @Test
    void retiresAnAppServerAsItsPageSays() {
        FakeWorld world = cluster();
        NodeReport report = retire(world, Role.APP, "hello-app-9xd1");
        DocumentPage page = DocumentPage.of("runbooks/retire-node.md").under("An app server");

        assertThat(world.picture()).noneMatch(line -> line.contains("hello-app-9xd1"));
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
        bench.replay("node/hello/hello-app-9xd1");
    }

    @Test
    void retiresAProxyAsItsPageSays() {
        FakeWorld world = cluster();
        NodeReport report = retire(world, Role.PROXY, "hello-proxy-b");
        DocumentPage page = DocumentPage.of("runbooks/retire-node.md").under("A proxy");

        assertThat(world.picture()).noneMatch(line -> line.contains("hello-proxy-b"));
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
    }

    /** Found by walk 159. */
    @Test
    void keepsTheLastProxyThatWasPublishedWhileItsRetirementBegan() {
        FakeWorld world = new FakeWorld().withProxy("hello-proxy-b", NodeState.READY);
        world.calls.before("Dns.Withdraw", () -> world.isPublished("hello-proxy-b"));

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture()).contains("record hello-proxy-b");
    }

    @Test
    void waitsOutTheRecordOfAProxyThatIsPublishedJustAfterItWasWithdrawn() {
        FakeWorld world = cluster().withProxy("hello-proxy-c", NodeState.READY);
        List<String> publishedAtTheEnd = new ArrayList<>();
        world.calls
                .before("Cloud.DestroyDroplet", () -> publishedAtTheEnd.addAll(world.published()))
                .after(effect -> {
                    if (effect.call().equals(new CallKey("Dns.Withdraw", 1))) {
                        world.isPublished("hello-proxy-c");
                    }
                });

        retire(world, Role.PROXY, "hello-proxy-c");

        assertThat(publishedAtTheEnd).containsExactlyInAnyOrder("hello-proxy-a", "hello-proxy-b");
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    /** Found by walk 5329: who published it could not look a second time. */
    @Test
    void leavesNoRecordOfAProxyThatIsPublishedJustBeforeItIsDestroyed() {
        FakeWorld world = cluster().withProxy("hello-proxy-c", NodeState.READY);
        world.calls.before("Cloud.DestroyDroplet", () -> world.isPublished("hello-proxy-c"));

        retire(world, Role.PROXY, "hello-proxy-c");

        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void keepsAProxyWhoseOnlyPublishedSiblingDoesNotAnswer() {
        FakeWorld world = cluster().turnsOff("hello-proxy-a");

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        NodeReport report = TestTemporal.carried(failed, NodeReport.class);
        assertThat(report.outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(report.failure().orElseThrow().exitCode()).isEqualTo(5);
        assertThat(report.sentence()).contains("0 published proxies would serve clients");
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void keepsTheLastAppServerThatWasOpenedWhileItsRetirementBegan() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.READY);
        world.calls.before("Membership.Leave", () -> world.isOpened("hello-app-9xd1"));

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture()).contains("hello-proxy-a has hello-app-9xd1 JOINED");
    }

    /** Found by walk 2209. */
    @Test
    void keepsTheLastAppServerOnAProxyThatTakesTheMembersInWhileItsRetirementBegan() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        world.calls.before("Membership.Leave", () -> FakeAdoption.by(world, new NodeName("hello-proxy-a")));

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.REFUSED);
        assertThat(world.picture())
                .contains("app hello-app-9xd1 in-service", "hello-proxy-a has hello-app-9xd1 JOINED");
    }

    @Test
    void keepsANodeInServiceWhoseAddressTheCloudDoesNotShow() {
        FakeWorld world = cluster().hidesAddress("hello-app-9xd1").hidesAddress("hello-proxy-b");
        List<String> before = world.picture();

        Throwable app = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));
        Throwable proxy = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(app, NodeReport.class).sentence())
                .contains("hello-app-9xd1 is in-service, but DigitalOcean shows no address of it");
        assertThat(TestTemporal.carried(proxy, NodeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void leaksKeepWhatMayTakeTrafficAtAnAddressThatTheCloudDoesNotShow() {
        FakeWorld world = cluster().tagged("hello-app-9xd1", NodeState.LEAVING).hidesAddress("hello-app-9xd1");
        List<String> before = world.picture();

        List<Leak> leaks = bench.in(world)
                .stub(FindLeaks.class, "leaks")
                .run(new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"))
                .leaks();

        assertThat(leaks)
                .anySatisfy(
                        leak -> assertThat(leak.says()).contains("not removed").contains("shows no address of it"));
        assertThat(world.picture()).isEqualTo(before);
    }

    @Test
    void putsAProxyBackIntoDnsWhenItsWithdrawFails() {
        FakeWorld world = cluster();
        world.calls.breaks("Dns.Withdraw", CallFault.FAILS_AFTER_EFFECT);

        Throwable failed = catchThrowable(() -> retire(world, Role.PROXY, "hello-proxy-b"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void saysThatALeaveWithoutAnAnswerMayHaveHappened() {
        FakeWorld world = cluster();
        world.calls.breaks("Membership.Leave", CallFault.ANSWER_LOST);

        Throwable failed = catchThrowable(() -> retire(world, Role.APP, "hello-app-9xd1"));

        assertThat(TestTemporal.carried(failed, NodeReport.class).sentence())
                .contains("Left behind: hello-app-9xd1, which may be out of some proxies already; retire it again");
    }

    private BakeReport bake(FakeWorld world) {
        return bench.in(world).stub(BakeTemplate.class, "bake/hello/app").run(TestPlans.bake());
    }

    @Test
    void bakesATemplateAsItsPageSaysAndLeavesNoMachine() {
        FakeWorld world = cluster();
        BakeReport report = bake(world);
        DocumentPage page = DocumentPage.of("runbooks/bake-template.md");

        assertThat(report.template().orElseThrow().name()).isEqualTo("hello-app 2026-11-22");
        assertThat(world.picture()).isEqualTo(cluster().picture());
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
        bench.replay("bake/hello/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cloud.CreateBase", "Cloud.AwaitDroplet", "Node.FirstBoot", "Node.RunRecipe", "Node.CleanUp"})
    void leavesNoMachineWhenABakeBreaks(String activity) {
        FakeWorld world = cluster();
        world.calls.breaks(activity, CallFault.FAILS_AFTER_EFFECT);

        Throwable failed = catchThrowable(() -> bake(world));

        assertThat(TestTemporal.carried(failed, BakeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void namesAnImageWhoseSnapshotWasNotAnswered() {
        FakeWorld world = cluster();
        world.calls.breaks("Cloud.SnapshotNode", CallFault.ANSWER_LOST);

        BakeReport report = TestTemporal.carried(catchThrowable(() -> bake(world)), BakeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.leftBehind()).containsExactly("image 8 (hello-app 2026-11-22), which nobody should approve");
        assertThat(world.picture()).isEqualTo(cluster().picture());
        bench.replay("bake/hello/app");
    }

    @Test
    void leavesNothingWhenNoSnapshotWasMade() {
        FakeWorld world = cluster();
        world.calls.breaks("Cloud.SnapshotNode", CallFault.TIMES_OUT);

        BakeReport report = TestTemporal.carried(catchThrowable(() -> bake(world)), BakeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.leftBehind()).isEmpty();
    }

    @Test
    void isDoneWhenOnlyTheMachineWasSlowToGo() {
        FakeWorld world = cluster();
        world.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);

        assertThat(bake(world).outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.picture()).isEqualTo(cluster().picture());
    }

    @Test
    void showsWhatItCanAndNamesWhatItCannotRead() {
        FakeWorld world = cluster();
        world.calls.breaks("Dns.Records", CallFault.FAILS_BEFORE_EFFECT);

        ClusterReport report = bench.in(world).stub(ShowCluster.class, "show").run(TestPlans.FILE, null);

        assertThat(report.nodes()).hasSize(4);
        assertThat(report.proxies()).hasSize(2);
        assertThat(report.unknown()).containsExactly("records: Dns.Records broke");
    }

    @Test
    void showsTheAccount() {
        FakeWorld world = cluster();

        CloudAccount account =
                bench.in(world).stub(ShowAccount.class, "account").run();

        assertThat(account.domains()).containsExactly("hello.example");
        assertThat(account.droplets()).isEqualTo(4);
        assertThat(world.calls.names())
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/show-account.md").activities());
    }

    @Test
    void examinesEachLinkAsItsPageSaysAndNamesWhatCouldNotBeAsked() {
        FakeWorld world = cluster();
        world.calls.breaks("Proxy.Examine", CallFault.FAILS_BEFORE_EFFECT);
        world.calls.breaks("Worker.Describe", CallFault.TIMES_OUT);

        ClusterExamination seen =
                bench.in(world).stub(ExamineCluster.class, "examine").run(TestPlans.FILE);

        assertThat(seen.greetings()).hasSize(4);
        assertThat(seen.scopes()).hasSize(1);
        assertThat(seen.records()).isPresent();
        assertThat(seen.zone()).isPresent();
        assertThat(seen.templates()).hasSize(1);
        assertThat(seen.worker()).isEmpty();
        assertThat(seen.whyUnknown("proxies")).contains("Proxy.Examine broke");
        assertThat(seen.whyUnknown("worker")).isPresent();
        assertThat(seen.whyUnknown("nodes")).isEmpty();
        assertThat(world.calls.names().stream().distinct())
                .containsExactlyInAnyOrderElementsOf(
                        DocumentPage.of("runbooks/examine-cluster.md").activities());
        bench.replay("examine");
    }

    private String eject(FakeWorld world, String name, boolean readmit) {
        return bench.in(world)
                .stub(EjectNode.class, "eject")
                .run(new EjectPlan(TestPlans.FILE, new NodeName(name), readmit, "ana", "slow"));
    }

    @Test
    void ejectsAMemberOnEveryProxyAndLetsItInAgainAsItsPageSays() {
        FakeWorld world = cluster();

        assertThat(eject(world, "hello-app-9xd1", false)).isEqualTo("on hello-proxy-a, hello-proxy-b");
        assertThat(world.picture())
                .contains("hello-proxy-a has hello-app-9xd1 EJECTED", "hello-proxy-b has hello-app-9xd1 EJECTED");
        assertThat(eject(world, "hello-app-9xd1", true)).isEqualTo("on hello-proxy-a, hello-proxy-b");
        assertThat(world.picture()).isEqualTo(cluster().picture());
        assertThat(world.calls.names().stream().distinct())
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/eject-node.md").activities());
        bench.replay("eject");
    }

    @Test
    void refusesToEjectTheLastMemberOrWhatIsNoAppServer() {
        FakeWorld world = new FakeWorld()
                .withProxy("hello-proxy-a", NodeState.IN_SERVICE)
                .withApp("hello-app-9xd1", NodeState.IN_SERVICE);
        List<String> before = world.picture();

        assertThat(refusal(world, "hello-app-9xd1"))
                .isEqualTo("Refused: 0 healthy members would remain, at least 1 must.");
        assertThat(refusal(world, "hello-proxy-a")).isEqualTo("hello has no app server hello-proxy-a.");
        assertThat(refusal(world, "hello-app-nope")).isEqualTo("hello has no app server hello-app-nope.");
        assertThat(world.picture()).isEqualTo(before);
    }

    private String refusal(FakeWorld world, String name) {
        return TypedFailures.sentenceOf(catchThrowable(() -> eject(world, name, false)));
    }

    private List<Template> templates(FakeWorld world, Optional<Long> image, String by) {
        return bench.in(world)
                .stub(Templates.class, "templates")
                .run(TestPlans.HELLO, image, image.map(id -> new Approval(by, Instant.EPOCH, "works")));
    }

    @Test
    void approvesATemplateOnceAndListsThemAsItsPageSays() {
        FakeWorld world = cluster();
        bake(world);
        int baked = world.calls.names().size();
        assertThat(templates(world, Optional.empty(), "")).hasSize(2);

        assertThat(approver(templates(world, Optional.of(8L), "ana"))).isEqualTo("ana");
        assertThat(approver(templates(world, Optional.of(8L), "bea"))).isEqualTo("ana");

        List<String> calls = world.calls.names();
        assertThat(calls.subList(baked + 1, baked + 3))
                .containsExactlyElementsOf(
                        DocumentPage.of("runbooks/templates.md").activities());
        bench.replay("templates");
    }

    private static String approver(List<Template> templates) {
        return templates.stream()
                .filter(template -> template.image() == 8)
                .findFirst()
                .flatMap(Template::approval)
                .orElseThrow()
                .by();
    }

    @Test
    void refusesToApproveWhatIsNoTemplate() {
        Throwable failed = catchThrowable(() -> templates(cluster(), Optional.of(99L), "ana"));

        assertThat(TypedFailures.findTyped(failed).flatMap(TypedFailures::typeOf))
                .contains(FailureType.TEMPLATE_REFUSED);
    }

    @Test
    void removesWhatHasNoLivingOwnerAndNothingElse() {
        FakeWorld world = cluster()
                .withApp("hello-app-dead", NodeState.DEPLOYING)
                .withApp("hello-app-busy", NodeState.DEPLOYING)
                .withApp("hello-app-what", NodeState.DEPLOYING)
                .withApp("hello-app-wait", NodeState.READY)
                .ownerGoesOn("hello-app-busy")
                .ownerIsUnknown("hello-app-what")
                .withTag("run:gone")
                .firewallNamesGoneDroplet("web", 99, TestPlans.HELLO);

        List<Leak> leaks = bench.in(world)
                .stub(FindLeaks.class, "leaks")
                .run(new LeakPlan(TestPlans.FILE, true, false, "ana", "tidy up"))
                .leaks();

        assertThat(leaks.stream().filter(Leak::removed).map(Leak::what))
                .containsExactly("droplet 5 (hello-app-dead)", "tag run:gone");
        assertThat(leaks)
                .filteredOn(leak -> leak.what().equals("firewall web"))
                .singleElement()
                .satisfies(leak -> assertThat(leak.why()).contains("droplet 99"));
        assertThat(world.picture())
                .contains("app hello-app-busy deploying", "app hello-app-what deploying", "app hello-app-wait ready")
                .noneMatch(line -> line.contains("hello-app-dead"));
    }
}
