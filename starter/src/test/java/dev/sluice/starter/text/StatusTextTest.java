package dev.sluice.starter.text;

import static dev.sluice.starter.TestReports.CLOCK;
import static dev.sluice.starter.TestReports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.ShowCluster.ServiceView;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.plan.PlanDigest;
import dev.sluice.workflows.model.truth.DifferenceKind;
import dev.sluice.workflows.model.truth.TruthDifference;
import dev.sluice.workflows.model.truth.TruthReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
    private static final NodeName PROXY = new NodeName("hello-proxy-abcd");
    private static final NodeName FIRST = new NodeName("hello-app-2mq8");
    private static final NodeName SECOND = new NodeName("hello-app-9xd2");

    @Test
    void aHealthyClusterGivesExitCodeZero() {
        ClusterReport world =
                world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of(TestReports.template()));

        assertThat(StatusText.lines(TestReports.file(), world, CLOCK))
                .containsExactly(
                        "hello  healthy, serving  as of 14:30:52     www.hello.example → 1 address",
                        "",
                        "ROLE   NODE              ADDRESS     STATE       TEMPLATE              REQUESTS  SINCE",
                        "proxy  hello-proxy-abcd  10.77.0.10  in service  hello-app 2026-11-20  –         12 d",
                        "app    hello-app-2mq8    10.77.0.12  in service  hello-app 2026-11-20  239       12 d",
                        "app    hello-app-9xd2    10.77.0.13  in service  hello-app 2026-11-20  41        12 d");
        assertThat(StatusText.exitCode(TestReports.file(), world)).isZero();
    }

    @Test
    void anEjectedMemberIsAFindingWithItsReason() {
        ClusterReport world =
                world(truth(Optional.empty(), MemberState.EJECTED), List.of(), List.of(TestReports.template()));

        assertThat(String.join("\n", StatusText.lines(TestReports.file(), world, CLOCK)))
                .contains(
                        "hello  degraded, serving",
                        "ejected",
                        "sec: 52 of 60 answers were 500",
                        "✘ hello-app-9xd2 is ejected; readmit it: sluice readmit hello-app-9xd2");
        assertThat(StatusText.exitCode(TestReports.file(), world)).isEqualTo(8);
    }

    private static ClusterReport seen(AddressAnswer answer, TruthDifference... differences) {
        return world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of())
                .withService(new ServiceView(new TruthReport(List.of(), List.of(differences)), List.of(answer)));
    }

    private static AddressAnswer answer(int status, String says) {
        return new AddressAnswer(new Ipv4Address("192.0.2.10"), status, says);
    }

    @Test
    void aClusterWhoseClientsGetErrorsIsNotServingAndGivesExitCodeEight() {
        for (AddressAnswer answer : List.of(answer(503, "answers 503"), answer(0, "does not answer (timed out)"))) {
            ClusterReport world = seen(answer);

            assertThat(String.join("\n", StatusText.lines(TestReports.file(), world, CLOCK)))
                    .contains(
                            "hello  degraded, not serving",
                            "✘ www.hello.example A 192.0.2.10 sends clients to a machine that does not serve them: it "
                                    + answer.says());
            assertThat(StatusText.exitCode(TestReports.file(), world)).isEqualTo(8);
        }
        assertThat(StatusText.exitCode(TestReports.file(), seen(answer(200, "answers 200"))))
                .isZero();
    }

    @Test
    void aDifferenceBetweenTheTruthsIsAFinding() {
        ClusterReport world = seen(
                answer(200, "answers 200"),
                new TruthDifference(
                        DifferenceKind.UNKNOWN_ADDRESS, Optional.empty(), "192.0.2.9 leads to no proxy", "remove it"));

        assertThat(StatusText.findings(TestReports.file(), world))
                .containsExactly("192.0.2.9 leads to no proxy: remove it");
        assertThat(StatusText.exitCode(TestReports.file(), world)).isEqualTo(8);
    }

    @Test
    void aMemberThatApacheCallsIllIsAFinding() {
        for (String word : List.of("Init HcFl", "Init Err")) {
            ProxyMembers ill = new ProxyMembers(
                    PROXY,
                    Optional.empty(),
                    List.of(
                            new MemberStatus(FIRST, MemberState.JOINED, "Init Ok", 1, Optional.empty()),
                            new MemberStatus(SECOND, MemberState.JOINED, word, 1, Optional.empty())));

            assertThat(StatusText.findings(TestReports.file(), world(ill, List.of(), List.of())))
                    .containsExactly("hello-app-9xd2 is in service but gets no requests: hello-proxy-abcd says '%s'"
                            .formatted(word));
        }
    }

    /** Both proxies were lost: the app servers are well, and no client reaches them. */
    @Test
    void aRoleWithNoneOfItsNodesIsBelowItsMinimum() {
        ClusterReport all = world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of());
        ClusterReport apps = new ClusterReport(
                all.at(),
                all.nodes().stream()
                        .filter(node -> node.ref().role() == Role.APP)
                        .toList(),
                List.of(),
                new PublishedRecords(List.of(), List.of()),
                all.templates(),
                all.facts(),
                all.refusals(),
                all.unknown());

        assertThat(StatusText.exitCode(TestReports.file(), apps)).isEqualTo(8);
        assertThat(StatusText.lines(TestReports.file(), apps, CLOCK).get(0)).contains("not serving");
    }

    @Test
    void reportsAnEjectionOnceWithItsProxies() {
        ClusterReport one = world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of());
        ClusterReport two = new ClusterReport(
                one.at(),
                one.nodes(),
                List.of(ejectedOn("hello-proxy-a", "07"), ejectedOn("hello-proxy-b", "08")),
                one.records(),
                one.templates(),
                one.facts(),
                one.refusals(),
                one.unknown());

        assertThat(String.join("\n", StatusText.lines(TestReports.file(), two, CLOCK)))
                .containsOnlyOnce("by ana: too slow (on hello-proxy-a, hello-proxy-b)");
    }

    private static ProxyMembers ejectedOn(String proxy, String second) {
        String note = "by ana, 2026-11-22T18:26:%sZ: too slow".formatted(second);
        return new ProxyMembers(
                new NodeName(proxy),
                Optional.empty(),
                List.of(new MemberStatus(SECOND, MemberState.EJECTED, "Init Dis", 0, Optional.of(note))));
    }

    @Test
    void anUnreadableStateIsNeverHealthy() {
        ClusterReport world = world(
                truth(Optional.of("no route to 10.77.0.10"), MemberState.JOINED),
                List.of("DNS: the name server does not answer"),
                List.of());

        assertThat(String.join("\n", StatusText.lines(TestReports.file(), world, CLOCK)))
                .contains(
                        "hello  degraded",
                        "✘ hello-proxy-abcd is unreachable: no route to 10.77.0.10",
                        "? DNS: the name server does not answer");
        assertThat(StatusText.exitCode(TestReports.file(), world)).isEqualTo(8);
    }

    @Test
    void aDryRunShowsTheChangeOrItsRefusals() {
        ChangePlan plan = TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE);

        PlanText.ChangePreview good = PlanText.preview(
                plan, world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of(TestReports.template())));
        assertThat(good.exitCode()).isZero();
        assertThat(good.lines())
                .startsWith("hello / app would be: 2 members → 3, on s-1vcpu-1gb in fra1.")
                .contains("  quota         4 of 25 droplets afterwards, 0.0089 USD an hour more")
                .anyMatch(line -> line.startsWith("  plan          "
                        + PlanDigest.of(plan, Optional.of(TestReports.template()))
                                .value()
                                .substring(0, 12)))
                .endsWith("Nothing was changed.  Deploy: sluice deploy --role app");

        PlanText.ChangePreview bad = PlanText.preview(
                plan, world(truth(Optional.of("timed out"), MemberState.JOINED), List.of(), List.of()));
        assertThat(bad.exitCode()).isEqualTo(5);
        assertThat(bad.refusals())
                .anyMatch(line -> line.startsWith("this role has no approved template"))
                .anyMatch(line -> line.startsWith("hello-proxy-abcd is unreachable: timed out"));
    }

    @Test
    void aDryRunShowsARefusalOfTheCloud() {
        ClusterReport good =
                world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of(TestReports.template()));
        ClusterReport full = new ClusterReport(
                good.at(),
                good.nodes(),
                good.proxies(),
                good.records(),
                good.templates(),
                Optional.empty(),
                List.of("The account has 25 droplets and may have 25; 1 more were asked for"),
                List.of());

        PlanText.ChangePreview preview = PlanText.preview(TestReports.plan(ChangeKind.DEPLOY, TestReports.NODE), full);

        assertThat(preview.exitCode()).isEqualTo(5);
        assertThat(preview.lines()).contains("  ✘ The account has 25 droplets and may have 25; 1 more were asked for");
    }

    @Test
    void remainingLeaksGiveExitCodeEight() {
        Leak left = Leak.kept("droplet 7 (hello-app-zzzz)", "its run ended", "");
        Leak gone = Leak.removed("tag run:1", "its run ended", "deleted");

        assertThat(LeaksText.lines(new LeakReport(List.of(left))))
                .containsExactly("✘ droplet 7 (hello-app-zzzz): its run ended", "1 leak.  Remove: sluice leaks --fix");
        assertThat(LeaksText.exitCode(new LeakReport(List.of(left)))).isEqualTo(8);
        assertThat(LeaksText.linesAfterFix(new LeakReport(List.of(gone))))
                .containsExactly("✔ tag run:1: its run ended; deleted", "1 leak removed.");
        assertThat(LeaksText.exitCode(new LeakReport(List.of(gone)))).isZero();
        assertThat(LeaksText.lines(new LeakReport(List.of()))).containsExactly("No leaks.");
    }

    @Test
    void leaksForAManualDecisionAreNotOfferedToFix() {
        Leak record = Leak.forPerson("record www.hello.example A 198.18.0.19", "no node of hello has it", "");
        Leak left = Leak.kept("droplet 7 (hello-app-zzzz)", "its run ended", "");
        String forPerson = "Needs a manual decision: 1 leak, which --fix does not remove.";

        assertThat(LeaksText.lines(new LeakReport(List.of(record)))).hasSize(2).endsWith(forPerson);
        assertThat(LeaksText.lines(new LeakReport(List.of(record, left))))
                .endsWith("1 leak.  Remove: sluice leaks --fix", forPerson);
        assertThat(LeaksText.linesAfterFix(new LeakReport(List.of(record)))).endsWith(forPerson);
        assertThat(LeaksText.exitCode(new LeakReport(List.of(record)))).isEqualTo(8);
    }

    @Test
    void distinguishesAQuarantinedNodeFromAKeptNode() {
        assertThat(findingsOf(kept(false)))
                .contains("hello-app-k3f9 is in quarantine and costs money until it is removed: sluice leaks --fix");
        assertThat(findingsOf(kept(true)))
                .contains("hello-app-k3f9 is kept by --keep-failed, out of traffic, and destroyed at the end: "
                        + "sluice show keep/hello/hello-app-k3f9");
    }

    private static List<String> findingsOf(NodeStatus node) {
        ClusterReport one = world(truth(Optional.empty(), MemberState.JOINED), List.of(), List.of());
        return StatusText.findings(
                TestReports.file(),
                new ClusterReport(
                        one.at(),
                        List.of(node),
                        one.proxies(),
                        one.records(),
                        one.templates(),
                        one.facts(),
                        one.refusals(),
                        one.unknown()));
    }

    private static NodeStatus kept(boolean powered) {
        NodeStatus node = node(Role.APP, TestReports.NODE, "14");
        return new NodeStatus(
                node.ref(),
                node.droplet(),
                node.node(),
                Optional.of(NodeState.QUARANTINE),
                node.template(),
                powered,
                node.config(),
                node.since());
    }

    private static ProxyMembers truth(Optional<String> unreachable, MemberState second) {
        return new ProxyMembers(
                PROXY,
                unreachable,
                List.of(
                        new MemberStatus(FIRST, MemberState.JOINED, "Init Ok", 239, Optional.empty()),
                        new MemberStatus(
                                SECOND,
                                second,
                                "Init Ok",
                                41,
                                second == MemberState.EJECTED
                                        ? Optional.of("sec: 52 of 60 answers were 500")
                                        : Optional.empty())));
    }

    private static ClusterReport world(ProxyMembers truth, List<String> unknown, List<Template> templates) {
        PublishedRecords records =
                new PublishedRecords(List.of(new Ipv4Address("192.0.2.10")), List.of(new Ipv4Address("192.0.2.10")));
        return new ClusterReport(
                START,
                List.of(node(Role.APP, SECOND, "13"), node(Role.APP, FIRST, "12"), node(Role.PROXY, PROXY, "10")),
                List.of(truth),
                records,
                templates,
                Optional.of(new PlanFacts(TestReports.template(), 3, 25, 0.00893, List.of())),
                List.of(),
                unknown);
    }

    private static NodeStatus node(Role role, NodeName name, String last) {
        NodeRef ref = new NodeRef(TestReports.file().name(), role, name, "run");
        DropletId droplet = new DropletId(Long.parseLong(last));
        return new NodeStatus(
                ref,
                droplet,
                Optional.of(
                        new Node(ref, droplet, new Ipv4Address("10.77.0." + last), new Ipv4Address("192.0.2." + last))),
                Optional.of(NodeState.IN_SERVICE),
                Optional.of(171L),
                true,
                Optional.empty(),
                START.minus(Duration.ofDays(12)));
    }
}
