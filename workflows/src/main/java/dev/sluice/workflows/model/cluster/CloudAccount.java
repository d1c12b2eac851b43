package dev.sluice.workflows.model.cluster;

import java.util.List;

/**
 * The contents of a DigitalOcean account, and the regions and sizes that it offers.
 *
 * @param unknown parts that could not be read, each with the reason; such a part is empty or 0
 */
public record CloudAccount(
        int droplets,
        int dropletLimit,
        List<String> regions,
        List<OfferedSize> sizes,
        List<String> domains,
        List<AccountKey> keys,
        List<AccountNetwork> networks,
        List<String> unknown) {
    public CloudAccount {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        domains = List.copyOf(domains);
        keys = List.copyOf(keys);
        networks = List.copyOf(networks);
        unknown = List.copyOf(unknown);
    }

    /** A size and where it is offered. */
    public record OfferedSize(String slug, double usdPerHour, List<String> regions) {
        public OfferedSize {
            regions = List.copyOf(regions);
        }
    }

    /** A key that may be put on new droplets; the fingerprint is the MD5 one. */
    public record AccountKey(String name, String fingerprint) {}

    /** A private network (VPC). */
    public record AccountNetwork(String id, String region) {}
}
