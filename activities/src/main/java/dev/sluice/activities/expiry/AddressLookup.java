package dev.sluice.activities.expiry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Resolves a name as clients do. */
@FunctionalInterface
public interface AddressLookup {
    /**
     * Returns at least one address; throws IOException with the reason if there is none.
     *
     * @param zone whose name servers are queried for names in it
     * @param nameServer host:port of its server, or empty for those of the NS records
     */
    List<String> resolve(String name, String zone, Optional<String> nameServer) throws IOException;
}
