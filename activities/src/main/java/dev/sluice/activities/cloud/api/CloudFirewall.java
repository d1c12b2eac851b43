package dev.sluice.activities.cloud.api;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** A firewall as the API returns it, with the tags and droplets that it and its rules name. */
public record CloudFirewall(String id, String name, Set<String> tags, Set<Long> droplets, Instant created) {
    public CloudFirewall {
        tags = Set.copyOf(tags);
        droplets = Set.copyOf(droplets);
    }

    public static CloudFirewall read(JsonObject json) {
        Set<String> tags = new LinkedHashSet<>();
        Set<Long> droplets = new LinkedHashSet<>();
        named(json, tags, droplets);
        peers(json, "inbound_rules", "sources", tags, droplets);
        peers(json, "outbound_rules", "destinations", tags, droplets);
        return new CloudFirewall(
                json.get("id").getAsString(),
                JsonFields.text(json, "name"),
                tags,
                droplets,
                JsonFields.instant(json, "created_at"));
    }

    private static void peers(JsonObject json, String rules, String side, Set<String> tags, Set<Long> droplets) {
        if (json.get(rules) instanceof JsonArray list) {
            for (JsonElement rule : list) {
                if (rule.getAsJsonObject().get(side) instanceof JsonObject peers) {
                    named(peers, tags, droplets);
                }
            }
        }
    }

    private static void named(JsonObject json, Set<String> tags, Set<Long> droplets) {
        tags.addAll(JsonFields.texts(json, "tags"));
        JsonFields.texts(json, "droplet_ids").forEach(id -> droplets.add(Long.valueOf(id)));
    }
}
