package dev.sluice.activities.dns;

import dev.sluice.activities.cloud.CloudFailure;
import dev.sluice.activities.cloud.Zones;
import dev.sluice.activities.cloud.Zones.Entry;
import dev.sluice.activities.heartbeat.Heart;
import dev.sluice.activities.visit.Visitor;
import dev.sluice.workflows.activity.DnsActivities;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Address;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.FailureType;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The steps that change the service's records: one by one, compared before and after, proven at the zone's servers. */
public final class DnsSteps implements DnsActivities {
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Zones zones;
    private final Delegations delegations;
    private final NameServers servers;
    private final Served served;
    private final Guard guard;
    private final Heart heart;
    private final Clock clock;

    /**
     * The steps.
     *
     * @param server asked when the cluster file names none; empty asks those that the zone names
     */
    public DnsSteps(Zones zones, Optional<InetSocketAddress> server, Visitor visitor, Heart heart, Clock clock) {
        this(zones, server, new Delegations(Optional.empty()), visitor::at, heart, clock);
    }

    DnsSteps(
            Zones zones,
            Optional<InetSocketAddress> server,
            Delegations delegations,
            Guard.Clients clients,
            Heart heart,
            Clock clock) {
        this.zones = zones;
        this.delegations = delegations;
        this.servers = new NameServers(server);
        this.served = new Served(clock);
        this.guard = new Guard(clients);
        this.heart = heart;
        this.clock = clock;
    }

    @Override
    public DnsReport publish(RecordOrder order) {
        return typed(() -> {
            try (Heart.Beat beat = heart.start()) {
                boolean missing = own(order).isEmpty();
                if (missing) {
                    zones.add(order.domain(), order.name(), order.address(), order.ttl());
                }
                // Two records of one address get two shares of the requests.
                List<Entry> own = own(order);
                own.stream().skip(1).forEach(entry -> zones.remove(order.domain(), entry));
                boolean retimed = retime(order, own);
                served.until(true, servers(order), full(order), order.address(), beat);
                int doubles = Math.max(0, own.size() - 1);
                String time = retimed ? ", its TTL is %d s now".formatted(order.ttl()) : "";
                return new DnsReport(missing || retimed || doubles > 0, published(order, missing, doubles) + time);
            }
        });
    }

    /** A record with another TTL would outlive its withdrawal at resolvers for longer than anybody waits. */
    private boolean retime(RecordOrder order, List<Entry> own) {
        List<Entry> wrong = own.stream()
                .limit(1)
                .filter(entry -> entry.ttl() != order.ttl())
                .toList();
        wrong.forEach(entry -> zones.retime(order.domain(), order.name(), entry, order.ttl()));
        return !wrong.isEmpty();
    }

    private static String published(RecordOrder order, boolean added, int doubles) {
        String more = doubles == 0 ? "" : ", %d doubles removed".formatted(doubles);
        return "%s A %s %s and served%s".formatted(full(order), order.address(), added ? "added" : "was there", more);
    }

    @Override
    public DnsReport withdraw(RecordOrder order) {
        return typed(() -> {
            try (Heart.Beat beat = heart.start()) {
                boolean removed = remove(order, beat);
                if (!removed && !beat.again()) {
                    return new DnsReport(false, "%s A %s was not there".formatted(full(order), order.address()));
                }
                if (served.until(false, servers(order), full(order), order.address(), beat)) {
                    // Whoever asked just before the servers forgot it holds it from then on.
                    beat.remember(clock.instant().plusSeconds(order.ttl()));
                }
                waitOut(order, beat);
                if (!own(order).isEmpty()) {
                    throw Failures.of(
                            FailureType.CLOUD_UNCLEAR,
                            "%s A %s is there again after it was removed; it will be removed again."
                                    .formatted(full(order), order.address()));
                }
                return new DnsReport(
                        removed,
                        "%s A %s removed, forgotten by its servers, and %d s of TTL are over"
                                .formatted(full(order), order.address(), order.ttl()));
            }
        });
    }

    private boolean remove(RecordOrder order, Heart.Beat beat) {
        List<Entry> all = zones.addresses(order.domain(), order.name());
        List<Entry> own = all.stream()
                .filter(entry -> entry.address().equals(order.address()))
                .toList();
        if (own.isEmpty()) {
            return false;
        }
        guard.lets(order, full(order), others(order, all), beat);
        int ttl = own.stream().mapToInt(Entry::ttl).max().orElse(order.ttl());
        own.forEach(entry -> zones.remove(order.domain(), entry));
        // A later try of this step finds no record; until when others may still hold it is all it needs.
        beat.remember(clock.instant().plusSeconds(Math.max(ttl, order.ttl())));
        return true;
    }

    private static List<Address> others(RecordOrder order, List<Entry> all) {
        return all.stream()
                .map(Entry::address)
                .filter(address -> !address.equals(order.address()))
                .distinct()
                .toList();
    }

    /** Waits until no resolver may still hold the record. A try before this one may have died before it noted the time. */
    private void waitOut(RecordOrder order, Heart.Beat beat) {
        Instant end = beat.remembered().orElseGet(() -> clock.instant().plusSeconds(order.ttl()));
        while (clock.instant().isBefore(end)) {
            Duration left = Duration.between(clock.instant(), end);
            beat.pause(left.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : left);
        }
    }

    @Override
    public Records records(ClusterName cluster, String domain, String name, Optional<String> nameServer) {
        return typed(() -> new Records(
                zones.addresses(domain, name).stream()
                        .map(Entry::address)
                        .sorted()
                        .toList(),
                Served.now(servers.of(domain, nameServer), full(domain, name))));
    }

    @Override
    public Delegation delegation(String domain, String name, Optional<String> nameServer) {
        return typed(() -> {
            Optional<String> configured = servers.configured(nameServer);
            List<Integer> ttls = zones.addresses(domain, name).stream()
                    .map(Entry::ttl)
                    .distinct()
                    .sorted()
                    .toList();
            return new Delegation(
                    zones.nameServers(domain),
                    configured.isPresent() ? List.of() : delegations.of(domain),
                    configured,
                    ttls);
        });
    }

    /** The records of the order's address, the oldest first. */
    private List<Entry> own(RecordOrder order) {
        return zones.addresses(order.domain(), order.name()).stream()
                .filter(entry -> entry.address().equals(order.address()))
                .sorted(Comparator.comparingLong(Entry::id))
                .toList();
    }

    private List<NameServer> servers(RecordOrder order) {
        return servers.of(order.domain(), order.nameServer());
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
        } catch (CloudFailure failure) {
            if (failure.kind() == CloudFailure.Kind.REFUSED || failure.kind() == CloudFailure.Kind.ABSENT) {
                throw Failures.of(FailureType.DNS_REFUSED, String.valueOf(failure.getMessage()), failure);
            }
            throw failure.typed();
        }
    }
}
