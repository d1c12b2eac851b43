package dev.sluice.starter.audit;

import dev.sluice.workflows.FindLeaks.LeakReport;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The cluster as it is now, asked about one node. */
public record World(ClusterReport cluster, LeakReport leaks) {
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
    List<String> things(NodeRef ref, Optional<Address> address) {
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

    boolean published(Address address) {
        return cluster.records().atApi().contains(address)
                || cluster.records().atServer().contains(address);
    }

    /** Published and served. */
    boolean served(Address address) {
        return cluster.records().atApi().contains(address)
                && cluster.records().atServer().contains(address);
    }

    /** Proxies on which it does not stand as a member that takes traffic. */
    List<String> proxiesWithout(NodeName member) {
        return cluster.proxies().stream()
                .filter(proxy -> member(proxy, member)
                        .filter(found -> found.state() != MemberTruth.State.DRAINING)
                        .isEmpty())
                .map(proxy -> proxy.proxy().value())
                .toList();
    }

    /** A tombstone is no member. */
    private static Optional<MemberTruth> member(ProxyTruth proxy, NodeName name) {
        return proxy.members().stream()
                .filter(member -> member.name().equals(name) && member.state() != MemberTruth.State.LEFT)
                .findFirst();
    }
}
