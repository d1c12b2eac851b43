package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every event there was; the newest is listed first. */
final class Actions {
    /** One event on one resource. */
    static final class Action {
        private final long id;
        private final String type;
        private final long resource;
        private final String resourceType;
        private final Catalog.Region region;
        private final Instant started;
        private @Nullable Instant completed;
        private String status = "in-progress";

        private Action(
                long id, String type, long resource, String resourceType, Catalog.Region region, Instant started) {
            this.id = id;
            this.type = type;
            this.resource = resource;
            this.resourceType = resourceType;
            this.region = region;
            this.started = started;
        }

        void end(boolean well, Instant now) {
            status = well ? "completed" : "errored";
            completed = now;
        }

        ObjectNode json() {
            var json = Json.object()
                    .put("id", id)
                    .put("status", status)
                    .put("type", type)
                    .put("started_at", Json.time(started))
                    .put("completed_at", Json.time(completed))
                    .put("resource_id", resource)
                    .put("resource_type", resourceType)
                    .put("region_slug", region.slug());
            json.set("region", region.json());
            return json;
        }

        ObjectNode link(String base, String rel) {
            return Json.object().put("id", id).put("rel", rel).put("href", base + "/v2/actions/" + id);
        }

        private boolean isOn(String wantedType, long wanted) {
            return resourceType.equals(wantedType) && resource == wanted;
        }
    }

    private final List<Action> newestFirst = new ArrayList<>();
    private final Clock clock;
    // Real ids passed 2^31 in 2024: a client that holds them in an int must break here too.
    private long nextId = 3_169_590_175L;

    Actions(Clock clock) {
        this.clock = clock;
    }

    Action begin(String type, long resource, String resourceType, Catalog.Region region) {
        var action = new Action(nextId++, type, resource, resourceType, region, clock.instant());
        newestFirst.add(0, action);
        return action;
    }

    void end(Action action, boolean well) {
        action.end(well, clock.instant());
    }

    Answer list(Call call) {
        return Page.of(call, "actions", newestFirst, Action::json);
    }

    Answer get(Call call) {
        return Answer.ok("action", find(newestFirst, call).json());
    }

    Answer listOf(Call call, String resourceType, long resource) {
        return Page.of(call, "actions", of(resourceType, resource), Action::json);
    }

    Answer getOf(Call call, String resourceType, long resource) {
        return Answer.ok("action", find(of(resourceType, resource), call).json());
    }

    private List<Action> of(String resourceType, long resource) {
        return newestFirst.stream()
                .filter(action -> action.isOn(resourceType, resource))
                .toList();
    }

    private static Action find(List<Action> actions, Call call) {
        long id = call.id("action");
        return actions.stream().filter(action -> action.id == id).findFirst().orElseThrow(Refusal::notFound);
    }
}
