package dev.sluice.activities.cloud.api;

import com.google.gson.JsonObject;

/** An action of a droplet as the API returns it; its ID does not fit the int of client 2.17. */
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
