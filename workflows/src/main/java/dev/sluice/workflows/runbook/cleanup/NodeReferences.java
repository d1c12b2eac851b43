package dev.sluice.workflows.runbook.cleanup;

import dev.sluice.workflows.activity.DnsActivities.PublishedRecords;
import dev.sluice.workflows.activity.MembershipActivities.MemberStatus;
import dev.sluice.workflows.activity.MembershipActivities.ProxyMembers;
import dev.sluice.workflows.activity.RunActivities.OpenNodeRun;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.runbook.run.ActivityStubs;
import dev.sluice.workflows.runbook.run.BestEffort;
import dev.sluice.workflows.runbook.run.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * References to nodes outside the cloud: proxies' files, DNS, open runs.
 *
 * @param unread parts that could not be read, each with the reason; then any node may be in use
 */
record NodeReferences(
        List<ProxyMembers> proxies, PublishedRecords records, List<OpenNodeRun> runs, List<String> unread) {
    static NodeReferences read(ClusterFile file, Patience patience) {
        BestEffort parts = new BestEffort();
        List<ProxyMembers> proxies = parts.read(
                "members",
                List.of(),
                () -> ActivityStubs.membership(patience.quickCheck(), "members on every proxy")
                        .read(file.name()));
        PublishedRecords records = parts.read(
                "records",
                new PublishedRecords(List.of(), List.of()),
                () -> ActivityStubs.dns(patience.quickCheck(), file.serviceName())
                        .records(file.name(), file.domain(), file.service(), file.nameServer()));
        List<OpenNodeRun> runs = parts.read(
                "open runs",
                List.of(),
                () -> ActivityStubs.runs(patience.shortCall(), "open runs").open(file.name()));
        List<String> unread = new ArrayList<>(parts.unknown());
        proxies.forEach(proxy ->
                proxy.unreachable().ifPresent(why -> unread.add("members on %s: %s".formatted(proxy.proxy(), why))));
        return new NodeReferences(proxies, records, runs, unread);
    }

    /** Returns the proxies that have a file of this member; a tombstone does not count. */
    List<NodeName> proxiesWith(NodeName member) {
        return proxies.stream()
                .filter(proxy -> members(proxy).anyMatch(member::equals))
                .map(ProxyMembers::proxy)
                .toList();
    }

    Set<NodeName> members() {
        Set<NodeName> names = new TreeSet<>();
        proxies.forEach(proxy -> members(proxy).forEach(names::add));
        return names;
    }

    private static java.util.stream.Stream<NodeName> members(ProxyMembers proxy) {
        return proxy.members().stream()
                .filter(member -> member.state() != MemberStatus.MemberState.LEFT)
                .map(MemberStatus::name);
    }

    /** Returns all addresses of the service's name, at the API or at its servers. */
    Set<Ipv4Address> addresses() {
        Set<Ipv4Address> addresses = new TreeSet<>(records.atApi());
        addresses.addAll(records.atServer());
        return addresses;
    }
}
