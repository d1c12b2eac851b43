package dev.sluice.activities.dns;

import dev.sluice.activities.cloud.api.CloudApiException;
import dev.sluice.activities.cloud.api.ClusterNodes;
import dev.sluice.activities.cloud.api.DomainApi;
import dev.sluice.activities.cloud.api.DomainApi.AddressRecord;
import dev.sluice.activities.heartbeat.ActivityHeartbeat;
import dev.sluice.activities.poll.Poll;
import dev.sluice.activities.probe.ClientProbe;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeState;
import dev.sluice.workflows.model.report.FailureType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Changes the service's records one by one and proves each change at the zone's name servers. */
public final class DigitalOceanDnsActivities implements DnsActivities {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final DomainApi zones;
    private final ClusterNodes fleet;
    private final AuthoritativeServers servers;
    private final DnsPropagation served;
    private final PublishedProxyGuard guard;
    private final ActivityHeartbeat.Starter heart;
    private final Clock clock;

    /**
     * Creates the activities.
     *
     * @param server host:port to query if the cluster file names no server; empty for those of the NS records
     */
    public DigitalOceanDnsActivities(
            DomainApi zones,
            ClusterNodes fleet,
            Optional<String> server,
            ClientProbe visitor,
            ActivityHeartbeat.Starter heart,
            Clock clock) {
        this(
                zones,
                fleet,
                new AuthoritativeServers(server, Optional.empty()),
                visitor::probe,
                cluster -> proxies(fleet, cluster)::contains,
                heart,
                clock);
    }

    DigitalOceanDnsActivities(
            DomainApi zones,
            ClusterNodes fleet,
            AuthoritativeServers servers,
            PublishedProxyGuard.ProbeFunction clients,
            PublishedProxyGuard.KnownProxies known,
            ActivityHeartbeat.Starter heart,
            Clock clock) {
        this.zones = zones;
        this.fleet = fleet;
        this.servers = servers;
        this.served = new DnsPropagation(clock);
        this.guard = new PublishedProxyGuard(clients, known);
        this.heart = heart;
        this.clock = clock;
    }

    private static Set<Ipv4Address> proxies(ClusterNodes nodes, ClusterName cluster) {
        return nodes.nodes(cluster, ClusterNodes.NOW).stream()
                .filter(node -> node.ref().role().facesClients())
                .flatMap(node -> node.node().stream())
                .map(Node::publicAddress)
                .collect(Collectors.toSet());
    }

    @Override
    public DnsReport publish(RecordOrder order) {
        return typed(() -> {
            try (ActivityHeartbeat beat = heart.start()) {
                boolean missing = own(order).isEmpty();
                if (missing) {
                    requireDroplet(order);
                    zones.add(order.domain(), order.name(), order.address(), order.ttl());
                    withdrawUnlessDroplet(order);
                }
                // Two records of one address would get two shares of the requests.
                List<AddressRecord> own = own(order);
                own.stream().skip(1).forEach(entry -> zones.remove(order.domain(), entry));
                boolean retimed = retime(order, own);
                served.awaitServed(servers(order), full(order), order.address(), beat);
                int doubles = Math.max(0, own.size() - 1);
                String time = retimed ? ", its TTL is now %d s".formatted(order.ttl()) : "";
                return new DnsReport(missing || retimed || doubles > 0, published(order, missing, doubles) + time);
            }
        });
    }

    /**
     * A worker that was frozen may publish long after its step was given to another worker. The address of a droplet that
     * is gone belongs to anyone's next droplet, so the droplet is looked for before and after the record is made.
     */
    private void requireDroplet(RecordOrder order) {
        if (!hasDroplet(order)) {
            throw TypedFailures.of(
                    FailureType.CLOUD_REFUSED,
                    "%s A %s is not published: no droplet of %s has this address"
                            .formatted(full(order), order.address(), order.cluster()));
        }
    }

    private void withdrawUnlessDroplet(RecordOrder order) {
        if (!hasDroplet(order)) {
            own(order).forEach(entry -> zones.remove(order.domain(), entry));
            requireDroplet(order);
        }
    }

    private boolean hasDroplet(RecordOrder order) {
        return fleet.nodes(order.cluster(), ClusterNodes.NOW).stream()
                .filter(status -> !status.isIn(NodeState.QUARANTINE))
                .flatMap(status -> status.node().stream())
                .anyMatch(node -> node.publicAddress().equals(order.address()));
    }

    /** Corrects the TTL: resolvers would keep a record with a longer TTL after its withdrawal. */
    private boolean retime(RecordOrder order, List<AddressRecord> own) {
        List<AddressRecord> wrong = own.stream()
                .limit(1)
                .filter(entry -> entry.ttl() != order.ttl())
                .toList();
        wrong.forEach(entry -> zones.setTtl(order.domain(), order.name(), entry, order.ttl()));
        return !wrong.isEmpty();
    }

    private static String published(RecordOrder order, boolean added, int doubles) {
        String more = doubles == 0 ? "" : ", %d duplicates removed".formatted(doubles);
        return "%s A %s %s served%s"
                .formatted(full(order), order.address(), added ? "added and" : "exists and is", more);
    }

    @Override
    public DnsReport withdraw(RecordOrder order) {
        return typed(() -> {
            try (ActivityHeartbeat beat = heart.start()) {
                boolean removed = remove(order, beat);
                if (!removed && !beat.isRetry()) {
                    return new DnsReport(false, "%s A %s did not exist".formatted(full(order), order.address()));
                }
                if (served.awaitRemoved(servers(order), full(order), order.address(), beat)) {
                    // A resolver that asked just before the servers dropped the record keeps it for one TTL from then
                    // on.
                    beat.remember(clock.instant().plusSeconds(order.ttl()));
                }
                waitOut(order, beat);
                if (!own(order).isEmpty()) {
                    throw TypedFailures.of(
                            FailureType.CLOUD_UNCLEAR,
                            "%s A %s exists again after its removal; Sluice removes it again"
                                    .formatted(full(order), order.address()));
                }
                return new DnsReport(
                        removed,
                        "%s A %s removed, no longer served, and %d s of TTL have passed"
                                .formatted(full(order), order.address(), order.ttl()));
            }
        });
    }

    private boolean remove(RecordOrder order, ActivityHeartbeat beat) {
        List<AddressRecord> all = zones.addresses(order.domain(), order.name());
        List<AddressRecord> own = all.stream()
                .filter(entry -> entry.address().equals(order.address()))
                .toList();
        if (own.isEmpty()) {
            return false;
        }
        guard.requireOtherProxies(order, full(order), others(order, all), beat);
        int ttl = own.stream().mapToInt(AddressRecord::ttl).max().orElse(order.ttl());
        own.forEach(entry -> zones.remove(order.domain(), entry));
        // A later attempt finds no record and needs only the time until which resolvers may keep it.
        beat.remember(clock.instant().plusSeconds(Math.max(ttl, order.ttl())));
        return true;
    }

    private static List<Ipv4Address> others(RecordOrder order, List<AddressRecord> all) {
        return all.stream()
                .map(AddressRecord::address)
                .filter(address -> !address.equals(order.address()))
                .distinct()
                .toList();
    }

    /** Waits until no resolver may still keep the record. An earlier attempt may have died before it stored that time. */
    private void waitOut(RecordOrder order, ActivityHeartbeat beat) {
        Instant end = beat.remembered().orElseGet(() -> clock.instant().plusSeconds(order.ttl()));
        Supplier<Duration> left = () -> Duration.between(clock.instant(), end);
        Poll.every(() -> left.get().compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left.get(), beat::pause)
                .await(() -> !clock.instant().isBefore(end));
    }

    @Override
    public PublishedRecords records(ClusterName cluster, String domain, String name, Optional<String> nameServer) {
        return typed(() -> new PublishedRecords(
                zones.addresses(domain, name).stream()
                        .map(AddressRecord::address)
                        .sorted()
                        .toList(),
                DnsPropagation.query(servers.find(domain, nameServer), full(domain, name))));
    }

    @Override
    public ZoneDelegation delegation(String domain, String name, Optional<String> nameServer) {
        return typed(() -> {
            Optional<String> configured = servers.configured(nameServer);
            List<Integer> ttls = zones.addresses(domain, name).stream()
                    .map(AddressRecord::ttl)
                    .distinct()
                    .sorted()
                    .toList();
            return new ZoneDelegation(
                    zones.nameServers(domain),
                    configured.isPresent() ? List.of() : servers.delegation(domain),
                    configured,
                    ttls);
        });
    }

    /** The records of the order's address, oldest first. */
    private List<AddressRecord> own(RecordOrder order) {
        return zones.addresses(order.domain(), order.name()).stream()
                .filter(entry -> entry.address().equals(order.address()))
                .sorted(Comparator.comparingLong(AddressRecord::id))
                .toList();
    }

    private List<ZoneNameServer> servers(RecordOrder order) {
        return servers.find(order.domain(), order.nameServer());
    }

    private static String full(RecordOrder order) {
        return full(order.domain(), order.name());
    }

    private static String full(String domain, String name) {
        return name.equals("@") ? domain : name + "." + domain;
    }

    private static <T> T typed(Supplier<T> step) {
        try {
            return step.get();
        } catch (CloudApiException failure) {
            if (failure.kind() == CloudApiException.FailureKind.REFUSED
                    || failure.kind() == CloudApiException.FailureKind.ABSENT) {
                throw TypedFailures.of(FailureType.DNS_REFUSED, String.valueOf(failure.getMessage()), failure);
            }
            throw failure.toApplicationFailure();
        }
    }
}
