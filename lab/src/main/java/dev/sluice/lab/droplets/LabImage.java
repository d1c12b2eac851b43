package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a droplet boots from: a distribution, or the snapshot of a droplet. */
public final class LabImage {
    public final long id;
    public final String key;
    public final long droplet;
    public final Set<String> regions;
    public final int minimumDisk;
    public final Set<String> tags = new LinkedHashSet<>();

    /** Droplets that are still being made from it; it may not go before they are done. */
    public final List<CompletableFuture<@Nullable Exception>> users = new ArrayList<>();

    private final double gigabytes;
    private final Instant created;
    public String name;
    String description = "";

    LabImage(
            long id,
            String key,
            String name,
            long droplet,
            List<String> regions,
            int minimumDisk,
            double gigabytes,
            Instant created) {
        this.id = id;
        this.key = key;
        this.name = name;
        this.droplet = droplet;
        this.regions = new LinkedHashSet<>(regions);
        this.minimumDisk = minimumDisk;
        this.gigabytes = gigabytes;
        this.created = created;
    }

    boolean isSnapshot() {
        return droplet != 0;
    }

    String distribution() {
        return key.startsWith("ubuntu") ? "Ubuntu" : "Debian";
    }

    /** As {@code /v2/images} shows it. */
    ObjectNode json() {
        return common().put("id", id)
                .put("name", name)
                .put("type", isSnapshot() ? "snapshot" : "base")
                .put("distribution", distribution())
                .put("slug", isSnapshot() ? null : key)
                .put("public", !isSnapshot())
                .put("status", "available")
                .put("description", description)
                .<ObjectNode>set("tags", ApiJson.array(tags));
    }

    /** As {@code /v2/snapshots} shows it: ids are texts there. */
    ObjectNode snapshot() {
        return common().put("id", Long.toString(id))
                .put("name", name)
                .put("resource_id", Long.toString(droplet))
                .put("resource_type", "droplet")
                .<ObjectNode>set("tags", ApiJson.array(tags));
    }

    /** As {@code /v2/droplets/{id}/snapshots} shows it: ids are numbers there. */
    ObjectNode dropletSnapshot() {
        return json().put("type", "snapshot");
    }

    private ObjectNode common() {
        return ApiJson.object()
                .put("created_at", ApiJson.formatTime(created))
                .put("min_disk_size", minimumDisk)
                .put("size_gigabytes", gigabytes)
                .<ObjectNode>set("regions", ApiJson.array(regions));
    }
}
