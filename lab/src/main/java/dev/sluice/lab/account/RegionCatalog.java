package dev.sluice.lab.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import java.util.List;
import java.util.Optional;

/** The regions and sizes that droplets can have. */
public final class RegionCatalog {
    /** A size: memory in MiB, disk in GiB, transfer in TB, prices in dollars. */
    public record DropletSize(
            String slug,
            int memory,
            int vcpus,
            int disk,
            double transfer,
            double monthly,
            double hourly,
            List<String> regions) {
        public ObjectNode json() {
            ObjectNode json = ApiJson.object()
                    .put("slug", slug)
                    .put("memory", memory)
                    .put("vcpus", vcpus)
                    .put("disk", disk)
                    .put("transfer", transfer)
                    .put("price_monthly", monthly)
                    .put("price_hourly", hourly)
                    .put("available", true)
                    .put("description", "Basic");
            json.set("regions", ApiJson.array(regions));
            return json;
        }
    }

    /** A region. All regions are the same machine, but a snapshot stays in its own. */
    public record Region(String slug, String name) {
        public ObjectNode json() {
            ObjectNode json =
                    ApiJson.object().put("name", name).put("slug", slug).put("available", true);
            json.set("features", ApiJson.array(List.of("metadata", "image_transfer")));
            json.set("sizes", ApiJson.array(sizesIn(slug)));
            return json;
        }
    }

    private static final List<String> EVERYWHERE = List.of("ams3", "fra1", "nyc3");

    public static final List<Region> REGIONS = List.of(
            new Region("ams3", "Amsterdam 3"), new Region("fra1", "Frankfurt 1"), new Region("nyc3", "New York 3"));

    // The half terabyte of the first size breaks clients that hold it in a whole number, as DigitalOcean's does.
    static final List<DropletSize> SIZES = List.of(
            new DropletSize("s-1vcpu-512mb-10gb", 512, 1, 10, 0.5, 4, 0.00595, EVERYWHERE),
            new DropletSize("s-1vcpu-1gb", 1024, 1, 25, 1, 6, 0.00893, EVERYWHERE),
            new DropletSize("s-1vcpu-2gb", 2048, 1, 50, 2, 12, 0.01786, EVERYWHERE),
            new DropletSize("s-2vcpu-2gb", 2048, 2, 60, 3, 18, 0.02679, EVERYWHERE),
            new DropletSize("s-2vcpu-4gb", 4096, 2, 80, 4, 24, 0.03571, EVERYWHERE),
            new DropletSize("s-4vcpu-8gb", 8192, 4, 160, 5, 48, 0.07143, EVERYWHERE),
            new DropletSize("s-8vcpu-16gb", 16384, 8, 320, 6, 96, 0.14286, List.of("fra1", "nyc3")));

    private RegionCatalog() {}

    public static Optional<Region> region(String slug) {
        return REGIONS.stream().filter(region -> region.slug().equals(slug)).findFirst();
    }

    public static Optional<DropletSize> size(String slug) {
        return SIZES.stream().filter(size -> size.slug().equals(slug)).findFirst();
    }

    private static List<String> sizesIn(String region) {
        return SIZES.stream()
                .filter(size -> size.regions().contains(region))
                .map(DropletSize::slug)
                .toList();
    }
}
