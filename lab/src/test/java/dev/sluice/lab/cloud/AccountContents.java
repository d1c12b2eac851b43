package dev.sluice.lab.cloud;

import dev.sluice.lab.droplets.LabDroplet;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The resources of a lab's account at one moment, whether the API shows them or not: for tests of other modules. */
public final class AccountContents {
    private final LabCloud cloud;

    public AccountContents(LabCloud cloud) {
        this.cloud = cloud;
    }

    /** A droplet with its tags. */
    public record DropletContents(
            long id,
            String name,
            Set<String> tags,
            String privateAddress,
            String publicAddress,
            boolean powered,
            Instant created) {
        public DropletContents {
            tags = Set.copyOf(tags);
        }
    }

    /** All droplets, oldest first. */
    public List<DropletContents> droplets() {
        return cloud.withLock(() -> cloud.contents().droplets().all().stream()
                .map(AccountContents::machine)
                .toList());
    }

    private static DropletContents machine(LabDroplet droplet) {
        return new DropletContents(
                droplet.id(),
                droplet.name(),
                droplet.tags(),
                droplet.privateAddress(),
                droplet.publicAddress(),
                droplet.isPowered(),
                droplet.created());
    }

    /** The data of the A records of a name, which is relative to the domain. */
    public List<String> addresses(String domain, String name) {
        return cloud.withLock(() -> cloud.contents().domains().entries(domain).stream()
                .filter(entry -> entry.type().equals("A") && entry.name().equals(name))
                .map(entry -> entry.data())
                .toList());
    }

    /** The tags that no droplet and no snapshot carries. */
    public List<String> bareTags() {
        return cloud.withLock(() -> cloud.contents().tags().names().stream()
                .filter(tag -> !isCarried(tag))
                .toList());
    }

    private boolean isCarried(String tag) {
        return !cloud.contents().droplets().tagged(tag).isEmpty()
                || cloud.contents().images().snapshots().stream()
                        .anyMatch(image -> image.tags().contains(tag));
    }
}
