package dev.sluice.activities.cloud.api;

import dev.sluice.workflows.model.node.Ipv4Address;
import java.util.List;
import java.util.Optional;

/** The records of the account's domains; each fails with {@link CloudApiException}. */
public interface DomainApi {
    /** All A records of that name; {@code name} is relative to the domain, or {@code @}. */
    List<AddressRecord> addresses(String domain, String name);

    /** All records of the domain that lead clients somewhere, or those of one name: A, AAAA and CNAME. */
    List<ZoneRecord> records(String domain, Optional<String> name);

    /** The name servers in the NS records of the zone, sorted, without the last dot. */
    List<String> nameServers(String domain);

    /** Adds a record by one request, even if an equal one exists. */
    void add(String domain, String name, Ipv4Address address, int ttl);

    /** Sets the TTL of the record. */
    void setTtl(String domain, String name, AddressRecord entry, int ttl);

    /** Removes the record; idempotent. */
    void remove(String domain, AddressRecord entry);

    /** One record of any type; {@code name} is relative to the domain, or {@code @}. */
    record ZoneRecord(String domain, String name, String type, String data) {
        public String fullName() {
            return name.equals("@") ? domain : name + "." + domain;
        }

        /** Describes it as {@code NAME TYPE DATA}. */
        public String describe() {
            return "%s %s %s".formatted(fullName(), type, data);
        }
    }

    /** One A record. */
    record AddressRecord(long id, Ipv4Address address, int ttl) {}
}
