package dev.sluice.lab.api;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What there is in a lab's account at one moment, whatever its API shows of it: for tests of those who use it. */
public final class Truth {
    private final LabCloud cloud;

    public Truth(LabCloud cloud) {
        this.cloud = cloud;
    }

    /** A droplet with what it carries. */
    public record Machine(
            long id,
            String name,
            Set<String> tags,
            String privateAddress,
            String publicAddress,
            boolean powered,
            Instant created) {
        public Machine {
            tags = Set.copyOf(tags);
        }
    }

    /** All droplets, oldest first. */
    public List<Machine> droplets() {
        return cloud.locked(() -> cloud.fleet.all().stream().map(Truth::machine).toList());
    }

    private static Machine machine(Droplet droplet) {
        return new Machine(
                droplet.id,
                droplet.name,
                droplet.tags,
                droplet.privateAddress(),
                droplet.publicAddress(),
                droplet.powered,
                droplet.created);
    }

    /** The data of the A records of a name, which is relative to the domain. */
    public List<String> addresses(String domain, String name) {
        return cloud.locked(() -> cloud.domains.entries(domain).stream()
                .filter(entry -> entry.type().equals("A") && entry.name().equals(name))
                .map(entry -> entry.data())
                .toList());
    }

    /** The tags that no droplet and no snapshot carries. */
    public List<String> bareTags() {
        return cloud.locked(
                () -> cloud.tags.names().stream().filter(tag -> !isCarried(tag)).toList());
    }

    private boolean isCarried(String tag) {
        return !cloud.fleet.tagged(tag).isEmpty()
                || cloud.images.snapshots().stream().anyMatch(image -> image.tags.contains(tag));
    }
}
