package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.DnsActivities.Records;
import dev.sluice.workflows.activity.MembershipActivities.MemberTruth;
import dev.sluice.workflows.activity.MembershipActivities.ProxyTruth;
import dev.sluice.workflows.activity.RunActivities.OpenRun;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.NodeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where nodes leave traces beside the cloud: proxies' files, DNS, open runs.
 *
 * @param unread what could not be read, each with the reason; as long as there is anything, nobody is known to be unused
 */
record Traces(List<ProxyTruth> proxies, Records records, List<OpenRun> runs, List<String> unread) {
    static Traces read(ClusterFile file, Patience patience) {
        Parts parts = new Parts();
        List<ProxyTruth> proxies = parts.ask(
                "members",
                List.of(),
                () -> Reach.membership(patience.check(), "members on every proxy")
                        .read(file.name()));
        Records records = parts.ask(
                "records",
                new Records(List.of(), List.of()),
                () -> Reach.dns(patience.check(), file.serviceName())
                        .records(file.name(), file.domain(), file.service(), file.nameServer()));
        List<OpenRun> runs = parts.ask(
                "open runs",
                List.of(),
                () -> Reach.runs(patience.brief(), "runs that go on").open(file.name()));
        List<String> unread = new ArrayList<>(parts.unknown());
        proxies.forEach(proxy ->
                proxy.unreachable().ifPresent(why -> unread.add("members on %s: %s".formatted(proxy.proxy(), why))));
        return new Traces(proxies, records, runs, unread);
    }

    /** Proxies that have a file of this member; a tombstone is none. */
    List<NodeName> proxiesWith(NodeName member) {
        return proxies.stream()
                .filter(proxy -> members(proxy).anyMatch(member::equals))
                .map(ProxyTruth::proxy)
                .toList();
    }

    /** All names that proxies' files hold. */
    Set<NodeName> members() {
        Set<NodeName> names = new TreeSet<>();
        proxies.forEach(proxy -> members(proxy).forEach(names::add));
        return names;
    }

    private static java.util.stream.Stream<NodeName> members(ProxyTruth proxy) {
        return proxy.members().stream()
                .filter(member -> member.state() != MemberTruth.State.LEFT)
                .map(MemberTruth::name);
    }

    /** All addresses that the service's name has, at the API or at its servers. */
    Set<Address> addresses() {
        Set<Address> addresses = new TreeSet<>(records.atApi());
        addresses.addAll(records.atServer());
        return addresses;
    }
}
