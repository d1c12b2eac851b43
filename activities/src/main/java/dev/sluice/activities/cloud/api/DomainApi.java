package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.node.Ipv4Address;
import java.util.List;

/** The A records of the account's domains; each fails with {@link CloudApiException}. */
public interface DomainApi {
    /** All A records of that name; {@code name} is relative to the domain, or {@code @}. */
    List<AddressRecord> addresses(String domain, String name);

    /** The name servers in the NS records of the zone, sorted, without the last dot. */
    List<String> nameServers(String domain);

    /** Adds a record by one request, even if an equal one exists. */
    void add(String domain, String name, Ipv4Address address, int ttl);

    /** Sets the TTL of the record. */
    void setTtl(String domain, String name, AddressRecord entry, int ttl);

    /** Removes the record; idempotent. */
    void remove(String domain, AddressRecord entry);

    /** One A record. */
    record AddressRecord(long id, Ipv4Address address, int ttl) {}
}
