package dev.sluice.workflows.model.cluster;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contents of a DigitalOcean account, and the regions and sizes that it offers.
 *
 * @param unknown parts that could not be read, each with the reason; such a part is empty or 0
 * @param images slugs of base images; empty if an older worker did not list them
 */
public record CloudAccount(
        int droplets,
        int dropletLimit,
        List<String> regions,
        List<OfferedSize> sizes,
        List<String> domains,
        List<AccountKey> keys,
        List<AccountNetwork> networks,
        List<String> unknown,
        @Nullable List<String> images) {
    public CloudAccount {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        domains = List.copyOf(domains);
        keys = List.copyOf(keys);
        networks = List.copyOf(networks);
        unknown = List.copyOf(unknown);
        images = images == null ? List.of() : List.copyOf(images);
    }

    /** An account whose base images nobody has listed. */
    public CloudAccount(
            int droplets,
            int dropletLimit,
            List<String> regions,
            List<OfferedSize> sizes,
            List<String> domains,
            List<AccountKey> keys,
            List<AccountNetwork> networks,
            List<String> unknown) {
        this(droplets, dropletLimit, regions, sizes, domains, keys, networks, unknown, List.of());
    }

    @Override
    public List<String> images() {
        return images == null ? List.of() : images;
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
