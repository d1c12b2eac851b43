package dev.sluice.activities.cloud.api;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot as the API returns it.
 *
 * @param minimumDisk in gigabytes
 */
public record CloudImage(
        long id,
        String name,
        String status,
        List<String> regions,
        int minimumDisk,
        List<String> tags,
        Instant created) {
    public CloudImage {
        regions = List.copyOf(regions);
        tags = List.copyOf(tags);
    }

    public static CloudImage read(JsonObject json) {
        return new CloudImage(
                json.get("id").getAsLong(),
                JsonFields.text(json, "name"),
                JsonFields.text(json, "status"),
                JsonFields.texts(json, "regions"),
                (int) JsonFields.number(json, "min_disk_size"),
                JsonFields.texts(json, "tags"),
                JsonFields.instant(json, "created_at"));
    }
}
