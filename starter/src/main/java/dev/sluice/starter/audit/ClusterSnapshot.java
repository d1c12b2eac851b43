package dev.sluice.starter.audit;

import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.node.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cluster as it is now, asked about one node. */
record ClusterSnapshot(ClusterReport cluster, LeakReport leaks) {
    Optional<NodeStatus> node(NodeName name) {
        return cluster.nodes().stream()
                .filter(status -> status.ref().name().equals(name))
                .findFirst();
    }

    /** What could not be read: as long as there is anything, absence proves nothing. */
    List<String> unread() {
        List<String> unread = new ArrayList<>(cluster.unknown());
        cluster.proxies().stream()
                .filter(proxy -> proxy.unreachable().isPresent())
                .forEach(proxy -> unread.add("%s cannot be reached".formatted(proxy.proxy())));
        return unread;
    }

    /** What is there of that node, each thing named; empty if nothing is. */
    List<String> findRemains(NodeRef ref, Optional<Ipv4Address> address) {
        List<String> things = new ArrayList<>();
        node(ref.name()).ifPresent(status -> things.add("droplet %s (%s)".formatted(status.droplet(), ref.name())));
        cluster.proxies().stream()
                .filter(proxy -> member(proxy, ref.name()).isPresent())
                .forEach(proxy -> things.add("a member's file on %s".formatted(proxy.proxy())));
        address.filter(this::published).ifPresent(found -> things.add("a record of %s".formatted(found)));
        leaks.leaks().stream()
                .filter(leak -> leak.what().equals("tag run:" + ref.run()))
                .forEach(leak -> things.add(leak.what()));
        return things;
    }

    boolean published(Ipv4Address address) {
        return cluster.records().atApi().contains(address)
                || cluster.records().atServer().contains(address);
    }

    /** Published and served. */
    boolean served(Ipv4Address address) {
        return cluster.records().atApi().contains(address)
                && cluster.records().atServer().contains(address);
    }

    /** Proxies on which it does not stand as a member that takes traffic. */
    List<String> proxiesWithout(NodeName member) {
        return cluster.proxies().stream()
                .filter(proxy -> member(proxy, member)
                        .filter(found -> found.state() != MemberStatus.MemberState.DRAINING)
                        .isEmpty())
                .map(proxy -> proxy.proxy().value())
                .toList();
    }

    /** A tombstone is no member. */
    private static Optional<MemberStatus> member(ProxyMembers proxy, NodeName name) {
        return proxy.members().stream()
                .filter(member -> member.name().equals(name) && member.state() != MemberStatus.MemberState.LEFT)
                .findFirst();
    }
}
