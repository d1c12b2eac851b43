package dev.sluice.starter;

import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.CloudActivities.PlanFacts;
import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus.MemberState;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.cluster.Role;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.DropletId;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.List;
import java.util.Optional;

/** Clusters as a worker reads them: one proxy and two app servers, with one thing different in each. */
public final class TestClusters {
    public static final NodeName PROXY = new NodeName("hello-proxy-abcd");
    public static final NodeName FIRST = new NodeName("hello-app-2mq8");
    public static final NodeName SECOND = new NodeName("hello-app-9xd2");

    private TestClusters() {}

    public static ClusterReport healthy() {
        return report(members(MemberState.JOINED), List.of(TestReports.template()), List.of(), List.of());
    }

    /** The second app server takes no traffic. */
    public static ClusterReport ejected() {
        return report(members(MemberState.EJECTED), List.of(TestReports.template()), List.of(), List.of());
    }

    public static ClusterReport refusing(String why) {
        return report(members(MemberState.JOINED), List.of(TestReports.template()), List.of(why), List.of());
    }

    public static ClusterReport withoutTemplates() {
        return report(members(MemberState.JOINED), List.of(), List.of(), List.of());
    }

    /** A part could not be read. */
    public static ClusterReport unknown(String what) {
        return report(members(MemberState.JOINED), List.of(TestReports.template()), List.of(), List.of(what));
    }

    /** A droplet without addresses beside the others. */
    public static ClusterReport withoutAddress(NodeName name) {
        ClusterReport others = healthy();
        NodeStatus made = new NodeStatus(
                ref(Role.APP, name),
                new DropletId(99),
                Optional.empty(),
                Optional.of(NodeState.DEPLOYING),
                Optional.empty(),
                true,
                Optional.empty(),
                TestReports.START);
        return with(
                others,
                java.util.stream.Stream.concat(others.nodes().stream(), java.util.stream.Stream.of(made))
                        .toList());
    }

    /** The same cluster with other nodes. */
    public static ClusterReport with(ClusterReport cluster, List<NodeStatus> nodes) {
        return new ClusterReport(
                cluster.at(),
                nodes,
                cluster.proxies(),
                cluster.records(),
                cluster.templates(),
                cluster.facts(),
                cluster.refusals(),
                cluster.unknown());
    }

    /** A node in service; its addresses end with that number. */
    public static NodeStatus node(Role role, NodeName name, String privateAddress, int last) {
        NodeRef ref = ref(role, name);
        DropletId droplet = new DropletId(last);
        Node node = new Node(ref, droplet, new Ipv4Address(privateAddress), new Ipv4Address("192.0.2." + last));
        return new NodeStatus(
                ref,
                droplet,
                Optional.of(node),
                Optional.of(NodeState.IN_SERVICE),
                Optional.of(171L),
                true,
                Optional.empty(),
                TestReports.START);
    }

    private static NodeRef ref(Role role, NodeName name) {
        return new NodeRef(TestReports.file().name(), role, name, "run");
    }

    private static ProxyMembers members(MemberState second) {
        Optional<String> note =
                second == MemberState.EJECTED ? Optional.of("ana: 52 of 60 answers were 500") : Optional.empty();
        return new ProxyMembers(
                PROXY,
                Optional.empty(),
                List.of(
                        new MemberStatus(FIRST, MemberState.JOINED, "Init Ok", 239, Optional.empty()),
                        new MemberStatus(SECOND, second, "Init Ok", 41, note)));
    }

    private static ClusterReport report(
            ProxyMembers members, List<Template> templates, List<String> refusals, List<String> unknown) {
        List<Ipv4Address> published = List.of(new Ipv4Address("192.0.2.10"));
        return new ClusterReport(
                TestReports.START,
                List.of(
                        node(Role.PROXY, PROXY, "10.77.0.10", 10),
                        node(Role.APP, FIRST, "10.77.0.12", 12),
                        node(Role.APP, SECOND, "10.77.0.13", 13)),
                List.of(members),
                new PublishedRecords(published, published),
                templates,
                Optional.of(new PlanFacts(TestReports.template(), 3, 25, 0.00893, List.of())),
                refusals,
                unknown);
    }
}
