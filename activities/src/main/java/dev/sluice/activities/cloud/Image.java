package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.List;

/**
 * A snapshot as the API shows it.
 *
 * @param minimumDisk in gigabytes
 */
record Image(
        long id,
        String name,
        String status,
        List<String> regions,
        int minimumDisk,
        List<String> tags,
        Instant created) {
    Image {
        regions = List.copyOf(regions);
        tags = List.copyOf(tags);
    }

    static Image read(JsonObject json) {
        return new Image(
                json.get("id").getAsLong(),
                Reading.text(json, "name"),
                Reading.text(json, "status"),
                Reading.texts(json, "regions"),
                (int) Reading.number(json, "min_disk_size"),
                Reading.texts(json, "tags"),
                Reading.instant(json, "created_at"));
    }
}
