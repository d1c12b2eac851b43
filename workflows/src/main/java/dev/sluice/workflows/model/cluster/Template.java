package dev.sluice.workflows.model.cluster;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot that nodes are cloned from.
 *
 * @param image DigitalOcean's ID of the image
 * @param name such as {@code hello-app 2026-11-20}
 * @param manifest digest of the package manifest inside the image
 * @param approval only approved templates deploy
 * @param minimumDisk in gigabytes
 */
public record Template(
        long image,
        String name,
        ClusterName cluster,
        Role role,
        Sha256Digest manifest,
        Optional<Approval> approval,
        Instant created,
        int minimumDisk,
        List<String> regions) {
    public Template {
        regions = List.copyOf(regions);
    }
}
