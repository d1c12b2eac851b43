package dev.sluice.activities.cloud.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.workflows.model.node.Ipv4Address;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A droplet as the API returns it.
 *
 * @param status new, active, off or archive
 * @param image its ID and its slug
 * @param locked whether an action in progress blocks others
 */
public record CloudDroplet(
        long id,
        String name,
        String status,
        boolean locked,
        Optional<Ipv4Address> privateAddress,
        Optional<Ipv4Address> publicAddress,
        Set<String> tags,
        Instant created,
        String size,
        String region,
        Set<String> image) {
    public CloudDroplet {
        tags = Set.copyOf(tags);
        image = Set.copyOf(image);
    }

    public static CloudDroplet read(JsonObject json) {
        return new CloudDroplet(
                json.get("id").getAsLong(),
                json.get("name").getAsString(),
                JsonFields.text(json, "status"),
                JsonFields.isTrue(json, "locked"),
                address(json, "private"),
                address(json, "public"),
                Set.copyOf(JsonFields.texts(json, "tags")),
                JsonFields.instant(json, "created_at"),
                JsonFields.text(json, "size_slug"),
                json.get("region") instanceof JsonObject region ? JsonFields.text(region, "slug") : "",
                json.get("image") instanceof JsonObject image ? names(image) : Set.of());
    }

    /** A request names an image by its ID or its slug. */
    private static Set<String> names(JsonObject image) {
        return Set.of(Long.toString(JsonFields.number(image, "id")), JsonFields.text(image, "slug"));
    }

    public boolean is(String expected) {
        return status.equals(expected);
    }

    public boolean ready() {
        return is("active") && !locked && privateAddress.isPresent() && publicAddress.isPresent();
    }

    // By type, never by position: the API does not guarantee an order, and the list is empty at first.
    private static Optional<Ipv4Address> address(JsonObject json, String type) {
        if (!(json.get("networks") instanceof JsonObject networks) || !(networks.get("v4") instanceof JsonArray list)) {
            return Optional.empty();
        }
        for (JsonElement element : list) {
            if (element instanceof JsonObject network
                    && JsonFields.text(network, "type").equals(type)) {
                return Optional.of(new Ipv4Address(JsonFields.text(network, "ip_address")));
            }
        }
        return Optional.empty();
    }
}
