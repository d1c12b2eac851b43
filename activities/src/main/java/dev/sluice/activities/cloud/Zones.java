package dev.sluice.activities.cloud;

import dev.sluice.workflows.model.Address;
import java.util.List;

/** The A records of the account's domains; each fails with {@link CloudFailure}. */
public interface Zones {
    /** All A records of that name; {@code name} is relative to the domain, or {@code @}. */
    List<Entry> addresses(String domain, String name);

    /** The servers that the zone names as its own, sorted, without a last dot. */
    List<String> nameServers(String domain);

    /** Adds a record by one request, even if there is one like it. */
    void add(String domain, String name, Address address, int ttl);

    /** Gives the record that time to live. */
    void retime(String domain, String name, Entry entry, int ttl);

    /** Not there is done. */
    void remove(String domain, Entry entry);

    /** One A record. */
    record Entry(long id, Address address, int ttl) {}
}
