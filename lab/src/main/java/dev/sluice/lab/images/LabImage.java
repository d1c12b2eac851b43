package dev.sluice.lab.images;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.tags.TagCarrier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A distribution or the snapshot of a droplet, from which droplets boot. */
public final class LabImage implements TagCarrier {
    private final long id;
    private final String key;
    private final long droplet;
    private final Set<String> regions;
    private final int minimumDisk;
    private final Set<String> tags = new LinkedHashSet<>();
    private final List<CompletableFuture<@Nullable Exception>> users = new ArrayList<>();

    private final double gigabytes;
    private final Instant created;
    private String name;
    private String description = "";

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

    @Override
    public long id() {
        return id;
    }

    @Override
    public Set<String> tags() {
        return tags;
    }

    /** The name that the machines know it by. */
    public String key() {
        return key;
    }

    public String name() {
        return name;
    }

    /** GiB. */
    public int minimumDisk() {
        return minimumDisk;
    }

    public boolean isIn(RegionCatalog.Region region) {
        return regions.contains(region.slug());
    }

    public boolean isSnapshotOf(long dropletId) {
        return isSnapshot() && droplet == dropletId;
    }

    /** Keeps the image on the machines until this work on a droplet that needs it has ended. */
    public void addUser(CompletableFuture<@Nullable Exception> work) {
        users.removeIf(CompletableFuture::isDone);
        users.add(work);
    }

    List<CompletableFuture<@Nullable Exception>> users() {
        return users;
    }

    void rename(String newName, String newDescription) {
        name = newName;
        description = newDescription;
    }

    String description() {
        return description;
    }

    void addRegion(RegionCatalog.Region region) {
        regions.add(region.slug());
    }

    boolean isSnapshot() {
        return droplet != 0;
    }

    String distribution() {
        return key.startsWith("ubuntu") ? "Ubuntu" : "Debian";
    }

    /** The image in {@code /v2/images}. */
    public ObjectNode json() {
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

    /** The snapshot in {@code /v2/snapshots}: ids are texts there. */
    ObjectNode snapshot() {
        return common().put("id", Long.toString(id))
                .put("name", name)
                .put("resource_id", Long.toString(droplet))
                .put("resource_type", "droplet")
                .<ObjectNode>set("tags", ApiJson.array(tags));
    }

    /** The snapshot in {@code /v2/droplets/{id}/snapshots}: ids are numbers there. */
    public ObjectNode dropletSnapshot() {
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
