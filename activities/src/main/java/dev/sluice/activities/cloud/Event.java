package dev.sluice.activities.cloud;

import com.google.gson.JsonObject;

/** What happens to a droplet, as the API's action says; ids are beyond what client 2.17 holds. */
record Event(long id, long droplet, String type, String status) {
    static Event read(JsonObject json) {
        return new Event(
                json.get("id").getAsLong(),
                Reading.number(json, "resource_id"),
                Reading.text(json, "type"),
                Reading.text(json, "status"));
    }

    boolean isCreation() {
        return type.equals("create");
    }

    boolean underWay() {
        return status.equals("in-progress");
    }

    boolean failed() {
        return status.equals("errored");
    }
}
