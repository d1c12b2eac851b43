package dev.sluice.workflows.activity;

import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.node.Ipv4Address;
import io.temporal.activity.ActivityInterface;
import java.util.List;
import java.util.Optional;

/** The A records of the service's name. Each call adds or removes the given address only. */
@ActivityInterface(namePrefix = "Dns.")
public interface DnsActivities {
    /** Adds the record if it is missing, removes its duplicates, and waits until the authoritative server serves it. */
    DnsReport publish(RecordOrder order);

    /**
     * Removes the record, waits until the authoritative server no longer serves it and its TTL has passed, and lists
     * the records again. Heartbeats. Fails with GUARD_REFUSED if fewer than {@code minimum} other records would remain
     * whose proxies serve clients.
     */
    DnsReport withdraw(RecordOrder order);

    /** Returns the addresses published under the name: at the API, and at the authoritative server. */
    PublishedRecords records(ClusterName cluster, String domain, String name, Optional<String> nameServer);

    /** Returns the zone's name servers at API and worker's resolver, and the TTLs of the service's records. */
    ZoneDelegation delegation(String domain, String name, Optional<String> nameServer);

    /**
     * One record.
     *
     * @param name relative to the domain, or {@code @}
     * @param ttl seconds
     * @param minimum other records, of proxies that serve, that must remain at a withdraw; 0 for none
     * @param port that clients connect to
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
        /** The port that clients connect to if the cluster file has no proxies. */
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

    /** The published addresses. */
    record PublishedRecords(List<Ipv4Address> atApi, List<Ipv4Address> atServer) {
        public PublishedRecords {
            atApi = List.copyOf(atApi);
            atServer = List.copyOf(atServer);
        }
    }

    /**
     * The name servers of a zone.
     *
     * @param atApi name servers that the zone has at DigitalOcean
     * @param delegatedTo name servers that the worker's resolver knows; empty if it knows none
     * @param configured the only server that is queried, if the cluster file names one
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
