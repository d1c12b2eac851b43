package dev.sluice.starter.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.api.enums.v1.EventType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real histories keep the promises; the same with one thing made wrong do not. */
final class RunAuditTest {
    private static final NodeName NEW = new NodeName("hello-new-k3f9");
    private static final NodeName PROXY = new NodeName("hello-proxy-a");

    private static NodeStatus node(NodeName name, NodeState state) {
        NodeRef ref = new NodeRef(new ClusterName("hello"), Role.APP, name, "any");
        Node node = new Node(ref, new DropletId(5), new Ipv4Address("10.77.0.5"), new Ipv4Address("203.0.113.5"));
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

    private static ClusterSnapshot world(List<NodeStatus> nodes, List<MemberStatus> members, String... unknown) {
        ClusterReport cluster = new ClusterReport(
                Instant.EPOCH,
                nodes,
                List.of(new ProxyMembers(PROXY, Optional.empty(), members)),
                new PublishedRecords(List.of(), List.of()),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(unknown));
        return new ClusterSnapshot(cluster, new LeakReport(List.of()));
    }

    private static ClusterSnapshot empty() {
        return world(List.of(), List.of());
    }

    private static MemberStatus member(MemberStatus.MemberState state) {
        return new MemberStatus(NEW, state, "Init Ok", 0, Optional.empty());
    }

    private static ClusterSnapshot serving(MemberStatus.MemberState state) {
        return world(List.of(node(NEW, NodeState.IN_SERVICE)), List.of(member(state)));
    }

    private static Optional<NodeReport> ended(RunOutcome outcome) {
        return Optional.of(new NodeReport(
                NEW,
                outcome,
                Optional.<FailureType>empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NodeEvidence.NONE,
                List.of(),
                ""));
    }

    private static RunAudit audit(RecordedHistory story, RunOutcome outcome, ClusterSnapshot world) {
        return RunAudit.ofNode("node/hello/new@1", story.told(), ended(outcome), world, Optional.empty());
    }

    private static AuditCheck promise(RunAudit audit, String words) {
        return audit.promises().stream()
                .filter(promise -> promise.words().equals(words))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aDeploymentThatServesKeptAllThatAppliesToIt() {
        RunAudit audit =
                audit(RecordedHistory.of("deploy-app-done"), RunOutcome.DONE, serving(MemberStatus.MemberState.JOINED));

        assertThat(audit.hasBroken() || audit.hasUnknown()).isFalse();
        assertThat(promise(audit, NodeAuditChecks.GATE).evidence()).contains("the last 2 inspections opened the gate");
        assertThat(promise(audit, ClusterAuditChecks.DONE).evidence()).contains("a member on hello-proxy-a");
        assertThat(AuditText.exitCode(List.of(audit))).isZero();
    }

    @Test
    void aJoinWithoutALookBreaksThePromiseOfTheGate() {
        RecordedHistory story = RecordedHistory.of("deploy-app-done").without("Node.Inspect");

        RunAudit audit = audit(story, RunOutcome.DONE, serving(MemberStatus.MemberState.JOINED));

        assertThat(promise(audit, NodeAuditChecks.GATE).state()).isEqualTo(AuditCheck.CheckState.BROKEN);
        assertThat(AuditText.exitCode(List.of(audit))).isEqualTo(8);
    }

    @Test
    void aVerdictOlderThanAMinuteBreaksThePromiseOfTheGate() {
        RecordedHistory story = RecordedHistory.of("deploy-app-done")
                .later(Duration.ofSeconds(61), RecordedHistory.asks("Membership.Join"));

        AuditCheck gate = promise(audit(story, RunOutcome.DONE, empty()), NodeAuditChecks.GATE);

        assertThat(gate.state()).isEqualTo(AuditCheck.CheckState.BROKEN);
        assertThat(gate.evidence()).contains("expected at most 60 s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DRAINING", "LEFT"})
    void doneThatTheWorldDoesNotShowIsBroken(MemberStatus.MemberState state) {
        RunAudit audit = audit(RecordedHistory.of("deploy-app-done"), RunOutcome.DONE, serving(state));

        assertThat(promise(audit, ClusterAuditChecks.DONE).state()).isEqualTo(AuditCheck.CheckState.BROKEN);
    }

    @Test
    void whatCannotBeReadIsUnknownAndAFinding() {
        RunAudit audit = audit(
                RecordedHistory.of("deploy-app-gate-closed"),
                RunOutcome.RESTORED,
                world(List.of(), List.of(), "records: no answer"));

        assertThat(promise(audit, ClusterAuditChecks.NOTHING).state()).isEqualTo(AuditCheck.CheckState.UNKNOWN);
        assertThat(AuditText.exitCode(List.of(audit))).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deploy-app-gate-closed", "deploy-app-cancelled", "deploy-app-parent-terminated"})
    void aDeploymentThatFailedAndLeftNothingKeptAllThatAppliesToIt(String name) {
        RunAudit audit = audit(RecordedHistory.of(name), RunOutcome.RESTORED, empty());

        assertThat(audit.promises()).noneMatch(promise -> promise.state() == AuditCheck.CheckState.BROKEN);
        assertThat(promise(audit, ClusterAuditChecks.NOTHING).state()).isEqualTo(AuditCheck.CheckState.KEPT);
    }

    @Test
    void aNodeDestroyedBeforeItLeftBreaksThePromiseOfTheOrder() {
        RecordedHistory story = RecordedHistory.of("deploy-app-cancelled");

        assertThat(promise(audit(story, RunOutcome.RESTORED, empty()), NodeAuditChecks.ORDER)
                        .evidence())
                .contains("leave confirmed at");
        assertThat(promise(
                                audit(story.without("Membership.Leave"), RunOutcome.RESTORED, empty()),
                                NodeAuditChecks.ORDER)
                        .state())
                .isEqualTo(AuditCheck.CheckState.BROKEN);
    }

    @Test
    void whatIsStillThereOfAFailedDeploymentIsNamed() {
        ClusterSnapshot left =
                world(List.of(node(NEW, NodeState.DEPLOYING)), List.of(member(MemberStatus.MemberState.DRAINING)));

        AuditCheck nothing = promise(
                audit(RecordedHistory.of("deploy-app-gate-closed"), RunOutcome.RESTORED, left),
                ClusterAuditChecks.NOTHING);

        assertThat(nothing.state()).isEqualTo(AuditCheck.CheckState.BROKEN);
        assertThat(nothing.evidence()).contains("droplet 5 (hello-new-k3f9)", "a member file on hello-proxy-a");
    }

    @Test
    void aRunsTagThatIsLeftIsNamed() {
        RunHistory story = RecordedHistory.of("deploy-app-gate-closed").told();
        String run = story.calls("Cloud.CreateDroplet")
                .get(0)
                .readArgument(dev.sluice.workflows.activity.CloudActivities.CloneOrder.class)
                .node()
                .run();
        ClusterSnapshot left = new ClusterSnapshot(
                empty().cluster(), new LeakReport(List.of(Leak.kept("tag run:" + run, "nothing carries it", ""))));

        RunAudit audit = RunAudit.ofNode("run", story, ended(RunOutcome.RESTORED), left, Optional.empty());

        assertThat(promise(audit, ClusterAuditChecks.NOTHING).evidence()).contains("tag run:" + run);
    }

    @Test
    void aRetiredNodeLeftBeforeItsMachineWent() {
        RecordedHistory story = RecordedHistory.of("retire-app-done");

        assertThat(promise(audit(story, RunOutcome.DONE, empty()), NodeAuditChecks.ORDER)
                        .state())
                .isEqualTo(AuditCheck.CheckState.KEPT);
        assertThat(promise(audit(story.without("Membership.Leave"), RunOutcome.DONE, empty()), NodeAuditChecks.ORDER)
                        .state())
                .isEqualTo(AuditCheck.CheckState.BROKEN);
    }

    @Test
    void aRetiredProxysTtlIsMeasuredNotBelieved() {
        RecordedHistory tooQuick = RecordedHistory.of("retire-proxy-done");
        RecordedHistory waited = tooQuick.later(
                Duration.ofSeconds(30),
                event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED
                        && withdrawn(tooQuick, event.getEventId()));

        assertThat(ttl(tooQuick, "hello-proxy-b", 2)).isEqualTo(AuditCheck.CheckState.BROKEN);
        assertThat(ttl(waited, "hello-proxy-b", 2)).isEqualTo(AuditCheck.CheckState.KEPT);
    }

    @Test
    void aRecordThatOutlivedItsMachineIsToldThoughItWasWithdrawnInTheEnd() {
        assertThat(ttl(RecordedHistory.of("retire-proxy-published-meanwhile"), "hello-proxy-c", 5))
                .isEqualTo(AuditCheck.CheckState.BROKEN);
    }

    private static AuditCheck.CheckState ttl(RecordedHistory story, String name, int number) {
        Node proxy = new Node(
                new NodeRef(new ClusterName("hello"), Role.PROXY, new NodeName(name), "old"),
                new DropletId(number),
                new Ipv4Address("10.77.0." + number),
                new Ipv4Address("203.0.113." + number));
        NodeReport report = new NodeReport(
                proxy.name(),
                RunOutcome.DONE,
                Optional.empty(),
                List.of(),
                Optional.of(proxy),
                Optional.empty(),
                NodeEvidence.NONE,
                List.of(),
                "");
        RunAudit audit = RunAudit.ofNode("run", story.told(), Optional.of(report), empty(), Optional.empty());
        return promise(audit, NodeAuditChecks.TTL).state();
    }

    private static boolean withdrawn(RecordedHistory story, long event) {
        return story.told().calls("Dns.Withdraw").stream()
                .anyMatch(
                        deed -> deed.done().filter(end -> end.event() == event).isPresent());
    }

    @Test
    void aLaterRunOfTheNodeHidesWhatThisOneLeft() {
        RunAudit audit = RunAudit.ofNode(
                "run",
                RecordedHistory.of("deploy-app-done").told(),
                ended(RunOutcome.DONE),
                empty(),
                Optional.of("node/hello/hello-new-k3f9@abc123"));

        assertThat(promise(audit, ClusterAuditChecks.DONE).state()).isEqualTo(AuditCheck.CheckState.DOES_NOT_APPLY);
    }

    private static AuditCheck approval(RecordedHistory story) {
        RunHistory told = story.told();
        ChangePlan plan = told.plan(ChangePlan.class);
        Template template = new Template(
                7,
                "hello-app 2026-11-20",
                plan.file().name(),
                Role.APP,
                new Sha256Digest("a".repeat(64)),
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
                RunOutcome.DONE,
                Optional.empty(),
                List.of(),
                List.of(),
                Instant.EPOCH,
                Optional.empty(),
                "");
        return promise(RunAudit.ofChange("run", told, Optional.of(report)), ChangeAuditChecks.APPROVAL);
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
        assertThat(approval(RecordedHistory.of(name)).state()).isEqualTo(AuditCheck.CheckState.KEPT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change-approved", "change-approved-after-gate"})
    void anApprovalThatCameTooLateBreaksThePromise(String name) {
        RecordedHistory late = RecordedHistory.of(name)
                .later(
                        Duration.ofMinutes(2),
                        event -> event.getWorkflowExecutionSignaledEventAttributes()
                                .getSignalName()
                                .equals("decideLater"));

        assertThat(approval(late).state()).isEqualTo(AuditCheck.CheckState.BROKEN);
    }

    @Test
    void anApprovalThatWasNotAskedForDoesNotApply() {
        assertThat(approval(RecordedHistory.of("change-done")).state()).isEqualTo(AuditCheck.CheckState.DOES_NOT_APPLY);
    }
}
