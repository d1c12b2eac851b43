package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Droplets that go together with what belongs to them: their snapshots and reserved addresses. */
final class DestroyWithResources {
    private static final List<String> KINDS =
            List.of("reserved_ips", "floating_ips", "snapshots", "volumes", "volume_snapshots");

    /** One thing that goes: when it has gone, or why it could not. */
    private static final class DestroyedResource {
        private final String id;
        private final String name;
        private @Nullable Instant gone;
        private String error = "";

        private DestroyedResource(String id, String name) {
            this.id = id;
            this.name = name;
        }

        private ObjectNode json() {
            var json = ApiJson.object().put("id", id).put("name", name).put("error_message", error);
            if (gone != null) json.put("destroyed_at", ApiJson.formatTime(gone));
            return json;
        }
    }

    private static final class DestroyStatus {
        private final DestroyedResource droplet;
        private final Map<String, List<DestroyedResource>> things = new LinkedHashMap<>();
        private @Nullable Instant completed;

        private DestroyStatus(LabDroplet droplet) {
            this.droplet = new DestroyedResource(Long.toString(droplet.id()), droplet.name());
        }

        private List<DestroyedResource> resourcesOfKind(String kind) {
            return Objects.requireNonNull(things.computeIfAbsent(kind, ignored -> new ArrayList<>()));
        }

        private ObjectNode json() {
            var json = ApiJson.object();
            json.set("droplet", droplet.json());
            var resources = json.putObject("resources");
            for (String kind : KINDS) {
                ArrayNode list = resources.putArray(kind);
                resourcesOfKind(kind).forEach(thing -> list.add(thing.json()));
            }
            if (completed != null) json.put("completed_at", ApiJson.formatTime(completed));
            return json.put("failures", failures());
        }

        private long failures() {
            var all = new ArrayList<>(List.of(droplet));
            things.values().forEach(all::addAll);
            return all.stream().filter(thing -> !thing.error.isEmpty()).count();
        }
    }

    private final Map<Long, DestroyStatus> destructions = new HashMap<>();
    private final DropletStore fleet;
    private final DropletLifecycle lifecycle;
    private final ImageOperations images;
    private final DropletOperations.AssociatedAddresses addresses;
    private final Clock clock;

    DestroyWithResources(
            DropletStore fleet,
            DropletLifecycle lifecycle,
            ImageOperations images,
            DropletOperations.AssociatedAddresses addresses,
            Clock clock) {
        this.fleet = fleet;
        this.lifecycle = lifecycle;
        this.images = images;
        this.addresses = addresses;
        this.clock = clock;
    }

    List<ApiOperation> operations() {
        String path = "/v2/droplets/{droplet}/destroy_with_associated_resources";
        return List.of(
                ApiOperation.get(path, "its snapshots and reserved addresses", this::list),
                ApiOperation.delete(path + "/selective", "the droplet and what is named", this::destroySelected),
                ApiOperation.delete(path + "/dangerous", "with the header `X-Dangerous: true`", this::destroyAll),
                ApiOperation.get(path + "/status", "", this::status),
                ApiOperation.post(path + "/retry", "409 while it goes on", this::retry));
    }

    /** What would go with the droplet, with what it costs a month. */
    private ApiResponse list(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        var body = ApiJson.object();
        KINDS.forEach(body::putArray);
        images.snapshotsOf(droplet.id())
                .forEach(image -> body.withArrayProperty("snapshots")
                        .add(ApiJson.object()
                                .put("id", Long.toString(image.id()))
                                .put("name", image.name())
                                .put("cost", "0.14")));
        addresses
                .addressesOf(droplet)
                .forEach(address -> body.withArrayProperty("reserved_ips")
                        .add(ApiJson.object()
                                .put("id", address)
                                .put("name", address)
                                .put("cost", "5.00")));
        return new ApiResponse(200, body, 0);
    }

    /** The droplet and what the body names of its things. */
    private ApiResponse destroySelected(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        for (String kind : List.of("floating_ips", "volumes", "volume_snapshots"))
            if (!call.list(kind).isEmpty()) throw ApiErrorException.unprocessable("The Droplet has no " + kind + ".");
        return begin(droplet, call.list("snapshots"), call.list("reserved_ips"));
    }

    /** The droplet and all that belongs to it; the header is asked for so that nobody does it by accident. */
    private ApiResponse destroyAll(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        if (!call.dangerous())
            throw ApiErrorException.unprocessable(
                    "The header X-Dangerous: true must be there to destroy all resources.");
        var snapshots = images.snapshotsOf(droplet.id()).stream()
                .map(image -> Long.toString(image.id()))
                .toList();
        return begin(droplet, snapshots, addresses.addressesOf(droplet));
    }

    private ApiResponse status(RoutedRequest call) {
        return new ApiResponse(200, requireStatus(call).json(), 0);
    }

    /** Tries again what could not be destroyed. */
    private ApiResponse retry(RoutedRequest call) {
        var destruction = requireStatus(call);
        if (destruction.completed == null) throw ApiErrorException.conflict("The destruction is still going on.");
        fleet.find(call.pathId("droplet")).ifPresent(droplet -> {
            droplet.refuseIfBusy();
            destroy(droplet, destruction);
        });
        return new ApiResponse(202, null, 0);
    }

    private ApiResponse begin(LabDroplet droplet, List<String> snapshots, List<String> reserved) {
        droplet.refuseIfBusy();
        var own = images.snapshotsOf(droplet.id()).stream()
                .map(image -> Long.toString(image.id()))
                .toList();
        if (!own.containsAll(snapshots) || !addresses.addressesOf(droplet).containsAll(reserved))
            throw ApiErrorException.unprocessable("Only what belongs to the Droplet goes with it.");
        var destruction = new DestroyStatus(droplet);
        destructions.put(droplet.id(), destruction);
        for (LabImage image : images.snapshotsOf(droplet.id())) {
            if (!snapshots.contains(Long.toString(image.id()))) continue;
            images.remove(image);
            gone(destruction.resourcesOfKind("snapshots"), Long.toString(image.id()), image.name());
        }
        for (String address : reserved) {
            addresses.release(address);
            gone(destruction.resourcesOfKind("reserved_ips"), address, address);
        }
        destroy(droplet, destruction);
        return new ApiResponse(202, null, 0);
    }

    private void gone(List<DestroyedResource> things, String id, String name) {
        var thing = new DestroyedResource(id, name);
        thing.gone = clock.instant();
        things.add(thing);
    }

    private void destroy(LabDroplet droplet, DestroyStatus destruction) {
        destruction.completed = null;
        lifecycle.remove(droplet, failure -> {
            destruction.completed = clock.instant();
            if (failure == null) destruction.droplet.gone = clock.instant();
            destruction.droplet.error = failure == null ? "" : String.valueOf(failure.getMessage());
        });
    }

    private DestroyStatus requireStatus(RoutedRequest call) {
        return Optional.ofNullable(destructions.get(call.pathId("droplet"))).orElseThrow(ApiErrorException::notFound);
    }
}
