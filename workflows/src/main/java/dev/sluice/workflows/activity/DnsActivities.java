package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** The A records of the service's name. Only the address given is ever added or removed. */
@ActivityInterface(namePrefix = "Dns.")
public interface DnsActivities {
    /** Adds the record if it is missing, removes doubles of it, and waits until the authoritative server answers it. */
    DnsReport publish(RecordOrder order);

    /**
     * Removes the record, waits until the authoritative server has forgotten it and its TTL is over, lists again.
     * Heartbeats. Refused (GUARD_REFUSED) if fewer than {@code minimum} others would remain that serve a client.
     */
    DnsReport withdraw(RecordOrder order);

    /** The addresses published under the name: at the API, and at the authoritative server. */
    PublishedRecords records(ClusterName cluster, String domain, String name, Optional<String> nameServer);

    /** Who answers for the zone by the API and by the worker's resolver, and how long the service's records are held. */
    ZoneDelegation delegation(String domain, String name, Optional<String> nameServer);

    /**
     * One record.
     *
     * @param name relative to the domain, or {@code @}
     * @param ttl seconds
     * @param minimum other records, of proxies that serve, that must remain at a withdraw; 0 for none
     * @param port where clients come to
     */
    record RecordOrder(
            ClusterName cluster,
            String domain,
            String name,
            Ipv4Address address,
            int ttl,
            Optional<String> nameServer,
            int minimum,
            int port) {
        /** Where clients come to when an order of an older run names no port. */
        private static final int HTTPS = 443;

        public RecordOrder {
            port = port == 0 ? HTTPS : port;
        }

        public RecordOrder(
                ClusterName cluster,
                String domain,
                String name,
                Ipv4Address address,
                int ttl,
                Optional<String> nameServer,
                int minimum) {
            this(cluster, domain, name, address, ttl, nameServer, minimum, HTTPS);
        }
    }

    /** What was done, in one line. */
    record DnsReport(boolean changed, String says) {}

    /** What is published. */
    record PublishedRecords(List<Ipv4Address> atApi, List<Ipv4Address> atServer) {
        public PublishedRecords {
            atApi = List.copyOf(atApi);
            atServer = List.copyOf(atServer);
        }
    }

    /**
     * Who answers for a zone.
     *
     * @param atApi name servers that the zone has at DigitalOcean
     * @param delegatedTo name servers that the worker's resolver knows; empty if it knows none
     * @param configured the server that is asked instead of the zone's own, if one is named; then nobody else is asked
     * @param ttls of the service's records at the API, in seconds, each once
     */
    record ZoneDelegation(
            List<String> atApi, List<String> delegatedTo, Optional<String> configured, List<Integer> ttls) {
        public ZoneDelegation {
            atApi = List.copyOf(atApi);
            delegatedTo = List.copyOf(delegatedTo);
            ttls = List.copyOf(ttls);
        }
    }
}
