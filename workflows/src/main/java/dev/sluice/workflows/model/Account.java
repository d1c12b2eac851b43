package dev.sluice.workflows.model;

import java.util.List;

/**
 * What a DigitalOcean account holds and may choose from.
 *
 * @param unknown what could not be read, each with the reason; its part is then empty or 0
 */
public record Account(
        int droplets,
        int dropletLimit,
        List<String> regions,
        List<Size> sizes,
        List<String> domains,
        List<Key> keys,
        List<Network> networks,
        List<String> unknown) {
    public Account {
        regions = List.copyOf(regions);
        sizes = List.copyOf(sizes);
        domains = List.copyOf(domains);
        keys = List.copyOf(keys);
        networks = List.copyOf(networks);
        unknown = List.copyOf(unknown);
    }

    /** A size and where it is offered. */
    public record Size(String slug, double usdPerHour, List<String> regions) {
        public Size {
            regions = List.copyOf(regions);
        }
    }

    /** A key that may be put on new droplets; the fingerprint is the MD5 one. */
    public record Key(String name, String fingerprint) {}

    /** A private network (VPC). */
    public record Network(String id, String region) {}
}
