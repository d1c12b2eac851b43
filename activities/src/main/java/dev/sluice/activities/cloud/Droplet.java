package dev.sluice.activities.cloud;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.workflows.model.Address;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A droplet as the API shows it.
 *
 * @param status new, active, off or archive
 * @param image by what names it goes: its id and its slug
 * @param locked whether an event keeps others from it
 */
record Droplet(
        long id,
        String name,
        String status,
        boolean locked,
        Optional<Address> privateAddress,
        Optional<Address> publicAddress,
        Set<String> tags,
        Instant created,
        String size,
        String region,
        Set<String> image) {
    Droplet {
        tags = Set.copyOf(tags);
        image = Set.copyOf(image);
    }

    static Droplet read(JsonObject json) {
        return new Droplet(
                json.get("id").getAsLong(),
                json.get("name").getAsString(),
                Reading.text(json, "status"),
                Reading.isTrue(json, "locked"),
                address(json, "private"),
                address(json, "public"),
                Set.copyOf(Reading.texts(json, "tags")),
                Reading.instant(json, "created_at"),
                Reading.text(json, "size_slug"),
                json.get("region") instanceof JsonObject region ? Reading.text(region, "slug") : "",
                json.get("image") instanceof JsonObject image ? names(image) : Set.of());
    }

    /** An image is asked for by its id or by its slug. */
    private static Set<String> names(JsonObject image) {
        return Set.of(Long.toString(Reading.number(image, "id")), Reading.text(image, "slug"));
    }

    boolean is(String expected) {
        return status.equals(expected);
    }

    boolean ready() {
        return is("active") && !locked && privateAddress.isPresent() && publicAddress.isPresent();
    }

    // By type, never by place in the list: the order is not promised, and the list is empty at first.
    private static Optional<Address> address(JsonObject json, String type) {
        if (!(json.get("networks") instanceof JsonObject networks) || !(networks.get("v4") instanceof JsonArray list)) {
            return Optional.empty();
        }
        for (JsonElement element : list) {
            if (element instanceof JsonObject network
                    && Reading.text(network, "type").equals(type)) {
                return Optional.of(new Address(Reading.text(network, "ip_address")));
            }
        }
        return Optional.empty();
    }
}
