package dev.sluice.starter.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.text.AuditText;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real histories keep the promises; the same with one thing made wrong do not. */
final class AuditTest {
    private static final NodeName NEW = new NodeName("hello-new-k3f9");
    private static final NodeName PROXY = new NodeName("hello-proxy-a");

    private static NodeStatus node(NodeName name, NodeState state) {
        NodeRef ref = new NodeRef(new ClusterName("hello"), Role.APP, name, "any");
        Node node = new Node(ref, new DropletId(5), new Address("10.77.0.5"), new Address("203.0.113.5"));
        return new NodeStatus(
                ref,
                node.droplet(),
                Optional.of(node),
                Optional.of(state),
                Optional.empty(),
                true,
                Optional.empty(),
                Instant.EPOCH);
    }

    private static World world(List<NodeStatus> nodes, List<MemberTruth> members, String... unknown) {
        ClusterReport cluster = new ClusterReport(
                Instant.EPOCH,
                nodes,
                List.of(new ProxyTruth(PROXY, Optional.empty(), members)),
                new Records(List.of(), List.of()),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(unknown));
        return new World(cluster, new LeakReport(List.of()));
    }

    private static World empty() {
        return world(List.of(), List.of());
    }

    private static MemberTruth member(MemberTruth.State state) {
        return new MemberTruth(NEW, state, "Init Ok", 0, Optional.empty());
    }

    private static World serving(MemberTruth.State state) {
        return world(List.of(node(NEW, NodeState.IN_SERVICE)), List.of(member(state)));
    }

    private static Optional<NodeReport> ended(Outcome outcome) {
        return Optional.of(new NodeReport(
                NEW,
                outcome,
                Optional.<FailureType>empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Evidence.NONE,
                List.of(),
                ""));
    }

    private static Audit audit(KeptStory story, Outcome outcome, World world) {
        return Audit.ofNode("node/hello/new@1", story.told(), ended(outcome), world, Optional.empty());
    }

    private static Promise promise(Audit audit, String words) {
        return audit.promises().stream()
                .filter(promise -> promise.words().equals(words))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeploymentThatServesKeptAllThatAppliesToIt() {
        Audit audit = audit(KeptStory.of("deploy-app-done"), Outcome.DONE, serving(MemberTruth.State.JOINED));

        assertThat(audit.broken() || audit.unknown()).isFalse();
        assertThat(promise(audit, NodePromises.GATE).evidence()).contains("the last 2 looks opened the gate");
        assertThat(promise(audit, WorldPromises.DONE).evidence()).contains("a member on hello-proxy-a");
        assertThat(AuditText.exitCode(List.of(audit))).isZero();
    }

    @Test
    void aJoinWithoutALookBreaksThePromiseOfTheGate() {
        KeptStory story = KeptStory.of("deploy-app-done").without("Node.Inspect");

        Audit audit = audit(story, Outcome.DONE, serving(MemberTruth.State.JOINED));

        assertThat(promise(audit, NodePromises.GATE).state()).isEqualTo(Promise.State.BROKEN);
        assertThat(AuditText.exitCode(List.of(audit))).isEqualTo(8);
    }

    @Test
    void aVerdictOlderThanAMinuteBreaksThePromiseOfTheGate() {
        KeptStory story =
                KeptStory.of("deploy-app-done").later(Duration.ofSeconds(61), KeptStory.asks("Membership.Join"));

        Promise gate = promise(audit(story, Outcome.DONE, empty()), NodePromises.GATE);

        assertThat(gate.state()).isEqualTo(Promise.State.BROKEN);
        assertThat(gate.evidence()).contains("more than 60 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAINING", "LEFT"})
    void doneThatTheWorldDoesNotShowIsBroken(MemberTruth.State state) {
        Audit audit = audit(KeptStory.of("deploy-app-done"), Outcome.DONE, serving(state));

        assertThat(promise(audit, WorldPromises.DONE).state()).isEqualTo(Promise.State.BROKEN);
    }

    @Test
    void whatCannotBeReadIsUnknownAndAFinding() {
        Audit audit = audit(
                KeptStory.of("deploy-app-gate-closed"),
                Outcome.RESTORED,
                world(List.of(), List.of(), "records: no answer"));

        assertThat(promise(audit, WorldPromises.NOTHING).state()).isEqualTo(Promise.State.UNKNOWN);
        assertThat(AuditText.exitCode(List.of(audit))).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy-app-gate-closed", "deploy-app-cancelled", "deploy-app-parent-terminated"})
    void aDeploymentThatFailedAndLeftNothingKeptAllThatAppliesToIt(String name) {
        Audit audit = audit(KeptStory.of(name), Outcome.RESTORED, empty());

        assertThat(audit.promises()).noneMatch(promise -> promise.state() == Promise.State.BROKEN);
        assertThat(promise(audit, WorldPromises.NOTHING).state()).isEqualTo(Promise.State.KEPT);
    }

    @Test
    void aNodeDestroyedBeforeItLeftBreaksThePromiseOfTheOrder() {
        KeptStory story = KeptStory.of("deploy-app-cancelled");

        assertThat(promise(audit(story, Outcome.RESTORED, empty()), NodePromises.ORDER)
                        .evidence())
                .contains("leave confirmed at");
        assertThat(promise(audit(story.without("Membership.Leave"), Outcome.RESTORED, empty()), NodePromises.ORDER)
                        .state())
                .isEqualTo(Promise.State.BROKEN);
    }

    @Test
    void whatIsStillThereOfAFailedDeploymentIsNamed() {
        World left = world(List.of(node(NEW, NodeState.DEPLOYING)), List.of(member(MemberTruth.State.DRAINING)));

        Promise nothing =
                promise(audit(KeptStory.of("deploy-app-gate-closed"), Outcome.RESTORED, left), WorldPromises.NOTHING);

        assertThat(nothing.state()).isEqualTo(Promise.State.BROKEN);
        assertThat(nothing.evidence()).contains("droplet 5 (hello-new-k3f9)", "a member's file on hello-proxy-a");
    }

    @Test
    void aRunsTagThatIsLeftIsNamed() {
        Story story = KeptStory.of("deploy-app-gate-closed").told();
        String run = story.deeds("Cloud.CreateDroplet")
                .get(0)
                .order(dev.sluice.workflows.activity.CloudActivities.CloneOrder.class)
                .node()
                .run();
        World left = new World(
                empty().cluster(), new LeakReport(List.of(Leak.left("tag run:" + run, "nothing carries it", ""))));

        Audit audit = Audit.ofNode("run", story, ended(Outcome.RESTORED), left, Optional.empty());

        assertThat(promise(audit, WorldPromises.NOTHING).evidence()).contains("tag run:" + run);
    }

    @Test
    void aRetiredNodeLeftBeforeItsMachineWent() {
        KeptStory story = KeptStory.of("retire-app-done");

        assertThat(promise(audit(story, Outcome.DONE, empty()), NodePromises.ORDER)
                        .state())
                .isEqualTo(Promise.State.KEPT);
        assertThat(promise(audit(story.without("Membership.Leave"), Outcome.DONE, empty()), NodePromises.ORDER)
                        .state())
                .isEqualTo(Promise.State.BROKEN);
    }

    @Test
    void aRetiredProxysTtlIsMeasuredNotBelieved() {
        KeptStory tooQuick = KeptStory.of("retire-proxy-done");
        KeptStory waited = tooQuick.later(
                Duration.ofSeconds(30),
                event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
                        && withdrawn(tooQuick, event.getEventId()));

        assertThat(ttl(tooQuick, "hello-proxy-b", 2)).isEqualTo(Promise.State.BROKEN);
        assertThat(ttl(waited, "hello-proxy-b", 2)).isEqualTo(Promise.State.KEPT);
    }

    @Test
    void aRecordThatOutlivedItsMachineIsToldThoughItWasWithdrawnInTheEnd() {
        assertThat(ttl(KeptStory.of("retire-proxy-published-meanwhile"), "hello-proxy-c", 5))
                .isEqualTo(Promise.State.BROKEN);
    }

    private static Promise.State ttl(KeptStory story, String name, int number) {
        Node proxy = new Node(
                new NodeRef(new ClusterName("hello"), Role.PROXY, new NodeName(name), "old"),
                new DropletId(number),
                new Address("10.77.0." + number),
                new Address("203.0.113." + number));
        NodeReport report = new NodeReport(
                proxy.name(),
                Outcome.DONE,
                Optional.empty(),
                List.of(),
                Optional.of(proxy),
                Optional.empty(),
                Evidence.NONE,
                List.of(),
                "");
        Audit audit = Audit.ofNode("run", story.told(), Optional.of(report), empty(), Optional.empty());
        return promise(audit, NodePromises.TTL).state();
    }

    private static boolean withdrawn(KeptStory story, long event) {
        return story.told().deeds("Dns.Withdraw").stream()
                .anyMatch(
                        deed -> deed.done().filter(end -> end.event() == event).isPresent());
    }

    @Test
    void aLaterRunOfTheNodeHidesWhatThisOneLeft() {
        Audit audit = Audit.ofNode(
                "run",
                KeptStory.of("deploy-app-done").told(),
                ended(Outcome.DONE),
                empty(),
                Optional.of("node/hello/hello-new-k3f9@abc123"));

        assertThat(promise(audit, WorldPromises.DONE).state()).isEqualTo(Promise.State.DOES_NOT_APPLY);
    }

    private static Promise approval(KeptStory story) {
        Story told = story.told();
        ChangePlan plan = told.plan(ChangePlan.class);
        Template template = new Template(
                7,
                "hello-app 2026-11-20",
                plan.file().name(),
                Role.APP,
                new Digest("a".repeat(64)),
                Optional.empty(),
                Instant.EPOCH,
                25,
                List.of());
        ChangeReport report = new ChangeReport(
                plan,
                Optional.of(template),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Outcome.DONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                "");
        return promise(Audit.ofChange("run", told, Optional.of(report)), ChangePromises.APPROVAL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "change-approved",
                "change-approved-after-gate",
                "change-rejected",
                "change-rejected-after-gate",
                "change-expired"
            })
    void nothingWasDoneWithoutAnApproval(String name) {
        assertThat(approval(KeptStory.of(name)).state()).isEqualTo(Promise.State.KEPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change-approved", "change-approved-after-gate"})
    void anApprovalThatCameTooLateBreaksThePromise(String name) {
        KeptStory late = KeptStory.of(name)
                .later(
                        Duration.ofMinutes(2),
                        event -> event.getWorkflowExecutionSignaledEventAttributes()
                                .getSignalName()
                                .equals("decideLater"));

        assertThat(approval(late).state()).isEqualTo(Promise.State.BROKEN);
    }

    @Test
    void anApprovalThatWasNotAskedForDoesNotApply() {
        assertThat(approval(KeptStory.of("change-done")).state()).isEqualTo(Promise.State.DOES_NOT_APPLY);
    }
}
