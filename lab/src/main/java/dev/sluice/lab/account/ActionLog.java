package dev.sluice.lab.account;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All actions of the account, the newest first. */
public final class ActionLog {
    /** One action on one resource. */
    public static final class LabAction {
        private final long id;
        private final String type;
        private final long resource;
        private final String resourceType;
        private final RegionCatalog.Region region;
        private final Instant started;
        private @Nullable Instant completed;
        private String status = "in-progress";

        private LabAction(
                long id,
                String type,
                long resource,
                String resourceType,
                RegionCatalog.Region region,
                Instant started) {
            this.id = id;
            this.type = type;
            this.resource = resource;
            this.resourceType = resourceType;
            this.region = region;
            this.started = started;
        }

        private void end(String endStatus, Instant now) {
            status = endStatus;
            completed = now;
        }

        public ObjectNode json() {
            ObjectNode json = ApiJson.object()
                    .put("id", id)
                    .put("status", status)
                    .put("type", type)
                    .put("started_at", ApiJson.formatTime(started))
                    .put("completed_at", ApiJson.formatTime(completed))
                    .put("resource_id", resource)
                    .put("resource_type", resourceType)
                    .put("region_slug", region.slug());
            json.set("region", region.json());
            return json;
        }

        public ObjectNode link(String base, String rel) {
            return ApiJson.object().put("id", id).put("rel", rel).put("href", base + "/v2/actions/" + id);
        }

        private boolean isOn(String wantedType, long wanted) {
            return resourceType.equals(wantedType) && resource == wanted;
        }
    }

    private final List<LabAction> newestFirst = new ArrayList<>();
    private final Clock clock;
    // Real ids passed 2^31 in 2024: a client that holds them in an int must fail here too.
    private long nextId = 3_169_590_175L;

    public ActionLog(Clock clock) {
        this.clock = clock;
    }

    public LabAction begin(String type, long resource, String resourceType, RegionCatalog.Region region) {
        LabAction action = new LabAction(nextId++, type, resource, resourceType, region, clock.instant());
        newestFirst.add(0, action);
        return action;
    }

    /** Ends an action: completed without a failure, errored with one. */
    public void end(LabAction action, @Nullable Exception failure) {
        action.end(failure == null ? "completed" : "errored", clock.instant());
    }

    public List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/actions", "newest first", this::list),
                ApiOperation.get("/v2/actions/{action}", "ids above 2^31", this::get));
    }

    private ApiResponse list(RoutedRequest call) {
        return ResultPage.respond(call, "actions", newestFirst, LabAction::json);
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok("action", find(newestFirst, call).json());
    }

    public ApiResponse listForResource(RoutedRequest call, String resourceType, long resource) {
        return ResultPage.respond(call, "actions", actionsOn(resourceType, resource), LabAction::json);
    }

    public ApiResponse getForResource(RoutedRequest call, String resourceType, long resource) {
        return ApiResponse.ok(
                "action", find(actionsOn(resourceType, resource), call).json());
    }

    private List<LabAction> actionsOn(String resourceType, long resource) {
        return newestFirst.stream()
                .filter(action -> action.isOn(resourceType, resource))
                .toList();
    }

    private static LabAction find(List<LabAction> actions, RoutedRequest call) {
        long id = call.pathId("action");
        return actions.stream().filter(action -> action.id == id).findFirst().orElseThrow(ApiErrorException::notFound);
    }
}
