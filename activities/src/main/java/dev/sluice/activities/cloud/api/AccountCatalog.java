package dev.sluice.activities.cloud.api;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/** Reads the choices and limits of the account; answers may be some minutes old. */
public interface AccountCatalog {
    List<DropletSize> sizes();

    Set<String> regions();

    /** Slugs of the base images. */
    List<String> images();

    List<SshKey> keys();

    List<Vpc> vpcs();

    /** Names of the account's domains; requested each time. */
    List<String> domains();

    /** Reserved addresses that lead to droplets; requested each time. */
    List<ReservedAddress> reservedAddresses();

    /** Requested each time. */
    int dropletLimit();

    /** Number of droplets in the account; requested each time. */
    int droplets();

    /** A size. */
    record DropletSize(String slug, int disk, BigDecimal usdPerHour, Set<String> regions) {}

    /** A reserved address and the ID of the droplet that it leads to. */
    record ReservedAddress(String address, long droplet) {}

    /** A key of the account. */
    record SshKey(String name, String fingerprint) {}

    /** A private network. */
    record Vpc(String id, String name, String region) {}
}
