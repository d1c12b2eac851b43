package dev.sluice.activities.expiry;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where clients find a name. */
@FunctionalInterface
public interface AddressLookup {
    /**
     * Its addresses, at least one; throws IOException with the reason if there are none.
     *
     * @param zone whose own servers are asked for names in it
     * @param nameServer address:port of its server, or empty for those that the zone names
     */
    List<String> resolve(String name, String zone, Optional<String> nameServer) throws IOException;
}
