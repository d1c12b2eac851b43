package dev.sluice.lab.dns;

import java.util.List;

/** The zones that the API has at this moment. */
public interface DnsZones {
    /** The domains, such as {@code hello.example}. */
    List<String> domains();

    /** The records of a domain in the API's form: a name is {@code @} or relative to the domain. */
    List<ZoneRecord> records(String domain);

    /** One resource record; ttl in seconds. */
    record ZoneRecord(String type, String name, String data, int ttl) {}
}
