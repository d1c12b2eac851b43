package dev.sluice.activities.cloud.api;

import com.google.gson.JsonObject;

/** What happens to a droplet, as the API's action says; ids are beyond what client 2.17 holds. */
public record DropletAction(long id, long droplet, String type, String status) {
    public static DropletAction read(JsonObject json) {
        return new DropletAction(
                json.get("id").getAsLong(),
                JsonFields.number(json, "resource_id"),
                JsonFields.text(json, "type"),
                JsonFields.text(json, "status"));
    }

    public boolean isCreation() {
        return type.equals("create");
    }

    public boolean underWay() {
        return status.equals("in-progress");
    }

    public boolean failed() {
        return status.equals("errored");
    }
}
