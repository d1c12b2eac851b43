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

/** The cluster's current state, with queries about one node. */
record ClusterSnapshot(ClusterReport cluster, LeakReport leaks) {
    Optional<NodeStatus> node(NodeName name) {
        return cluster.nodes().stream()
                .filter(status -> status.ref().name().equals(name))
                .findFirst();
    }

    /** Returns what could not be read; unless it is empty, an absence proves nothing. */
    List<String> unread() {
        List<String> unread = new ArrayList<>(cluster.unknown());
        cluster.proxies().stream()
                .filter(proxy -> proxy.unreachable().isPresent())
                .forEach(proxy -> unread.add("%s is unreachable".formatted(proxy.proxy())));
        return unread;
    }

    /** Returns what still exists of the node: droplet, member files, record, tag. */
    List<String> findRemains(NodeRef ref, Optional<Ipv4Address> address) {
        List<String> remains = new ArrayList<>();
        node(ref.name()).ifPresent(status -> remains.add("droplet %s (%s)".formatted(status.droplet(), ref.name())));
        cluster.proxies().stream()
                .filter(proxy -> member(proxy, ref.name()).isPresent())
                .forEach(proxy -> remains.add("a member file on %s".formatted(proxy.proxy())));
        address.filter(this::published).ifPresent(found -> remains.add("a record of %s".formatted(found)));
        leaks.leaks().stream()
                .filter(leak -> leak.what().equals("tag run:" + ref.run()))
                .forEach(leak -> remains.add(leak.what()));
        return remains;
    }

    boolean published(Ipv4Address address) {
        return cluster.records().atApi().contains(address)
                || cluster.records().atServer().contains(address);
    }

    /** Returns whether the record exists at the API and at the name server. */
    boolean served(Ipv4Address address) {
        return cluster.records().atApi().contains(address)
                && cluster.records().atServer().contains(address);
    }

    /** Returns the proxies on which the node is not a member that takes traffic. */
    List<String> proxiesWithout(NodeName member) {
        return cluster.proxies().stream()
                .filter(proxy -> member(proxy, member)
                        .filter(found -> found.state() != MemberStatus.MemberState.DRAINING)
                        .isEmpty())
                .map(proxy -> proxy.proxy().value())
                .toList();
    }

    /** Returns the node's membership; a tombstone is none. */
    private static Optional<MemberStatus> member(ProxyMembers proxy, NodeName name) {
        return proxy.members().stream()
                .filter(member -> member.name().equals(name) && member.state() != MemberStatus.MemberState.LEFT)
                .findFirst();
    }
}
