package dev.sluice.starter.text;

import static dev.sluice.starter.Reports.CLOCK;
import static dev.sluice.starter.Reports.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.starter.Reports;
import dev.sluice.workflows.FindLeaks.Leak;
import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth.State;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.DropletId;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeState;
import dev.sluice.workflows.model.NodeStatus;
import dev.sluice.workflows.model.PlanDigest;
import dev.sluice.workflows.model.Role;
import dev.sluice.workflows.model.Template;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class StatusTextTest {
    private static final NodeName PROXY = new NodeName("hello-proxy-abcd");
    private static final NodeName FIRST = new NodeName("hello-app-2mq8");
    private static final NodeName SECOND = new NodeName("hello-app-9xd2");

    @Test
    void aHealthyClusterIsExitCodeZero() {
        ClusterReport world = world(truth(Optional.empty(), State.JOINED), List.of(), List.of(Reports.template()));

        assertThat(StatusText.lines(Reports.file(), world, CLOCK))
                .containsExactly(
                        "hello  healthy, serving  as of 14:30:52     www.hello.example → 1 address",
                        "",
                        "ROLE   NODE              ADDRESS     STATE       TEMPLATE              REQUESTS  SINCE",
                        "proxy  hello-proxy-abcd  10.77.0.10  in service  hello-app 2026-11-20  –         12 d",
                        "app    hello-app-2mq8    10.77.0.12  in service  hello-app 2026-11-20  239       12 d",
                        "app    hello-app-9xd2    10.77.0.13  in service  hello-app 2026-11-20  41        12 d");
        assertThat(StatusText.exitCode(Reports.file(), world)).isZero();
    }

    @Test
    void anEjectedMemberIsShownWithItsReasonAndExitCodeEight() {
        ClusterReport world = world(truth(Optional.empty(), State.EJECTED), List.of(), List.of(Reports.template()));

        assertThat(String.join("\n", StatusText.lines(Reports.file(), world, CLOCK)))
                .contains(
                        "hello  degraded, serving",
                        "ejected",
                        "sec: 52 of 60 answers were 500",
                        "✘ hello-app-9xd2 is ejected; let it in again: sluice readmit hello-app-9xd2");
        assertThat(StatusText.exitCode(Reports.file(), world)).isEqualTo(8);
    }

    @Test
    void anEjectionIsToldOnceAndNamesItsProxies() {
        ClusterReport one = world(truth(Optional.empty(), State.JOINED), List.of(), List.of());
        ClusterReport two = new ClusterReport(
                one.at(),
                one.nodes(),
                List.of(ejectedOn("hello-proxy-a", "07"), ejectedOn("hello-proxy-b", "08")),
                one.records(),
                one.templates(),
                one.facts(),
                one.refusals(),
                one.unknown());

        assertThat(String.join("\n", StatusText.lines(Reports.file(), two, CLOCK)))
                .containsOnlyOnce("by ana: too slow (on hello-proxy-a, hello-proxy-b)");
    }

    private static ProxyTruth ejectedOn(String proxy, String second) {
        String note = "by ana, 2026-11-22T18:26:%sZ: too slow".formatted(second);
        return new ProxyTruth(
                new NodeName(proxy),
                Optional.empty(),
                List.of(new MemberTruth(SECOND, State.EJECTED, "Init Dis", 0, Optional.of(note))));
    }

    @Test
    void whatCannotBeReadIsSaidAndNeverTakenForHealth() {
        ClusterReport world = world(
                truth(Optional.of("no route to 10.77.0.10"), State.JOINED),
                List.of("DNS: the name server does not answer"),
                List.of());

        assertThat(String.join("\n", StatusText.lines(Reports.file(), world, CLOCK)))
                .contains(
                        "hello  degraded",
                        "✘ hello-proxy-abcd cannot be reached: no route to 10.77.0.10",
                        "? DNS: the name server does not answer");
        assertThat(StatusText.exitCode(Reports.file(), world)).isEqualTo(8);
    }

    @Test
    void aDryRunSaysWhatWouldHappenOrWhatWouldBeRefused() {
        var plan = Reports.plan(Kind.DEPLOY, Reports.NODE);

        PlanText.Preview good =
                PlanText.of(plan, world(truth(Optional.empty(), State.JOINED), List.of(), List.of(Reports.template())));
        assertThat(good.exitCode()).isZero();
        assertThat(good.lines())
                .startsWith("hello / app would be: 2 members → 3, on s-1vcpu-1gb in fra1.")
                .contains("  quota         4 of 25 droplets then, 0.0089 USD an hour more")
                .anyMatch(line -> line.startsWith("  plan          "
                        + PlanDigest.of(plan, Optional.of(Reports.template()))
                                .value()
                                .substring(0, 12)))
                .endsWith("Nothing was changed.  Do it: sluice deploy --role app");

        PlanText.Preview bad =
                PlanText.of(plan, world(truth(Optional.of("timed out"), State.JOINED), List.of(), List.of()));
        assertThat(bad.exitCode()).isEqualTo(5);
        assertThat(bad.refusals())
                .anyMatch(line -> line.startsWith("there is no approved template of this role"))
                .anyMatch(line -> line.startsWith("hello-proxy-abcd cannot be reached: timed out"));
    }

    @Test
    void aDryRunSaysWhenTheCloudWouldRefuse() {
        ClusterReport good = world(truth(Optional.empty(), State.JOINED), List.of(), List.of(Reports.template()));
        ClusterReport full = new ClusterReport(
                good.at(),
                good.nodes(),
                good.proxies(),
                good.records(),
                good.templates(),
                Optional.empty(),
                List.of("The account has 25 droplets and may have 25; 1 more were asked for"),
                List.of());

        PlanText.Preview preview = PlanText.of(Reports.plan(Kind.DEPLOY, Reports.NODE), full);

        assertThat(preview.exitCode()).isEqualTo(5);
        assertThat(preview.lines()).contains("  ✘ The account has 25 droplets and may have 25; 1 more were asked for");
    }

    @Test
    void leaksThatAreLeftAreExitCodeEight() {
        Leak left = Leak.left("droplet 7 (hello-app-zzzz)", "its run ended", "");
        Leak gone = Leak.removed("tag run:1", "its run ended", "deleted");

        assertThat(LeaksText.lines(new LeakReport(List.of(left)), false))
                .containsExactly("✘ droplet 7 (hello-app-zzzz): its run ended", "1 leak.  Remove: sluice leaks --fix");
        assertThat(LeaksText.exitCode(new LeakReport(List.of(left)))).isEqualTo(8);
        assertThat(LeaksText.lines(new LeakReport(List.of(gone)), true))
                .containsExactly("✔ tag run:1: its run ended; deleted", "1 leak removed.");
        assertThat(LeaksText.exitCode(new LeakReport(List.of(gone)))).isZero();
        assertThat(LeaksText.lines(new LeakReport(List.of()), false)).containsExactly("No leaks.");
    }

    @Test
    void whatOnlyAPersonCanJudgeIsNotSaidToGoByFix() {
        Leak record = Leak.forPerson("record www.hello.example A 198.18.0.19", "no node of hello has it", "");
        Leak left = Leak.left("droplet 7 (hello-app-zzzz)", "its run ended", "");
        String forPerson = "Left to a person: 1 leak, which --fix does not remove.";

        assertThat(LeaksText.lines(new LeakReport(List.of(record)), false))
                .hasSize(2)
                .endsWith(forPerson);
        assertThat(LeaksText.lines(new LeakReport(List.of(record, left)), false))
                .endsWith("1 leak.  Remove: sluice leaks --fix", forPerson);
        assertThat(LeaksText.lines(new LeakReport(List.of(record)), true)).endsWith(forPerson);
        assertThat(LeaksText.exitCode(new LeakReport(List.of(record)))).isEqualTo(8);
    }

    @Test
    void whatWasLeftIsToldApartFromWhatSomebodyKeeps() {
        assertThat(findingsOf(kept(false)))
                .contains("hello-app-k3f9 is kept in quarantine; it costs money until removed: sluice leaks --fix");
        assertThat(findingsOf(kept(true)))
                .contains("hello-app-k3f9 is kept for somebody to look at, out of traffic, and then destroyed: "
                        + "sluice show keep/hello/hello-app-k3f9");
    }

    private static List<String> findingsOf(NodeStatus node) {
        ClusterReport one = world(truth(Optional.empty(), State.JOINED), List.of(), List.of());
        return StatusText.findings(
                Reports.file(),
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
        NodeStatus node = node(Role.APP, Reports.NODE, "14");
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

    private static ProxyTruth truth(Optional<String> unreachable, State second) {
        return new ProxyTruth(
                PROXY,
                unreachable,
                List.of(
                        new MemberTruth(FIRST, State.JOINED, "Init Ok", 239, Optional.empty()),
                        new MemberTruth(
                                SECOND,
                                second,
                                "Init Ok",
                                41,
                                second == State.EJECTED
                                        ? Optional.of("sec: 52 of 60 answers were 500")
                                        : Optional.empty())));
    }

    private static ClusterReport world(ProxyTruth truth, List<String> unknown, List<Template> templates) {
        Records records = new Records(List.of(new Address("192.0.2.10")), List.of(new Address("192.0.2.10")));
        return new ClusterReport(
                START,
                List.of(node(Role.APP, SECOND, "13"), node(Role.APP, FIRST, "12"), node(Role.PROXY, PROXY, "10")),
                List.of(truth),
                records,
                templates,
                Optional.of(new PlanFacts(Reports.template(), 3, 25, 0.00893, List.of())),
                List.of(),
                unknown);
    }

    private static NodeStatus node(Role role, NodeName name, String last) {
        NodeRef ref = new NodeRef(Reports.file().name(), role, name, "run");
        DropletId droplet = new DropletId(Long.parseLong(last));
        return new NodeStatus(
                ref,
                droplet,
                Optional.of(new Node(ref, droplet, new Address("10.77.0." + last), new Address("192.0.2." + last))),
                Optional.of(NodeState.IN_SERVICE),
                Optional.of(171L),
                true,
                Optional.empty(),
                START.minus(Duration.ofDays(12)));
    }
}
