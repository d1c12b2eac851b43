package dev.sluice.lab.name;

import java.util.List;

/** The zones that the API holds at this moment. */
public interface Zones {
    /** The domains there are, such as {@code hello.example}. */
    List<String> domains();

    /** The records of a domain, in the API's own words: name is {@code @} or relative to the domain. */
    List<Entry> records(String domain);

    /** One resource record; ttl in seconds. */
    record Entry(String type, String name, String data, int ttl) {}
}
