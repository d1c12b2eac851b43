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

/** Destroys droplets together with their snapshots and reserved addresses. */
final class DestroyWithResources {
    private static final List<String> KINDS =
            List.of("reserved_ips", "floating_ips", "snapshots", "volumes", "volume_snapshots");

    /** A resource of a destruction, with the time of its end or its error. */
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
            ObjectNode json = ApiJson.object().put("id", id).put("name", name).put("error_message", error);
            if (gone != null) {
                json.put("destroyed_at", ApiJson.formatTime(gone));
            }
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
            ObjectNode json = ApiJson.object();
            json.set("droplet", droplet.json());
            ObjectNode resources = json.putObject("resources");
            for (String kind : KINDS) {
                ArrayNode list = resources.putArray(kind);
                resourcesOfKind(kind).forEach(thing -> list.add(thing.json()));
            }
            if (completed != null) {
                json.put("completed_at", ApiJson.formatTime(completed));
            }
            return json.put("failures", failures());
        }

        private long failures() {
            ArrayList<DestroyedResource> all = new ArrayList<>(List.of(droplet));
            things.values().forEach(all::addAll);
            return all.stream().filter(thing -> !thing.error.isEmpty()).count();
        }
    }

    private final Map<Long, DestroyStatus> destructions = new HashMap<>();
    private final DropletStore fleet;
    private final DropletProvisioning lifecycle;
    private final ImageOperations images;
    private final DropletOperations.AssociatedAddresses addresses;
    private final Clock clock;

    DestroyWithResources(
            DropletStore fleet,
            DropletProvisioning lifecycle,
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
                ApiOperation.get(path, "lists its snapshots and reserved addresses", this::list),
                ApiOperation.delete(path + "/selective", "the droplet and the named resources", this::destroySelected),
                ApiOperation.delete(path + "/dangerous", "with the header `X-Dangerous: true`", this::destroyAll),
                ApiOperation.get(path + "/status", "", this::status),
                ApiOperation.post(path + "/retry", "409 while the destruction is in progress", this::retry));
    }

    /** Lists the resources of the droplet with their costs per month. */
    private ApiResponse list(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        ObjectNode body = ApiJson.object();
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

    /** Destroys the droplet and the resources that the body names. */
    private ApiResponse destroySelected(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        for (String kind : List.of("floating_ips", "volumes", "volume_snapshots")) {
            if (!call.list(kind).isEmpty()) {
                throw ApiErrorException.unprocessable("The Droplet has no %s.".formatted(kind));
            }
        }
        return begin(droplet, call.list("snapshots"), call.list("reserved_ips"));
    }

    /** Destroys the droplet and all its resources; the required header prevents an accident. */
    private ApiResponse destroyAll(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        if (!call.dangerous()) {
            throw ApiErrorException.unprocessable(
                    "The header X-Dangerous: true must be there to destroy all resources.");
        }
        List<String> snapshots = images.snapshotsOf(droplet.id()).stream()
                .map(image -> Long.toString(image.id()))
                .toList();
        return begin(droplet, snapshots, addresses.addressesOf(droplet));
    }

    private ApiResponse status(RoutedRequest call) {
        return new ApiResponse(200, requireStatus(call).json(), 0);
    }

    /** Retries a destruction that failed. */
    private ApiResponse retry(RoutedRequest call) {
        DestroyStatus destruction = requireStatus(call);
        if (destruction.completed == null) {
            throw ApiErrorException.conflict("The destruction is still going on.");
        }
        fleet.find(call.pathId("droplet")).ifPresent(droplet -> {
            droplet.refuseIfBusy();
            destroy(droplet, destruction);
        });
        return new ApiResponse(202, null, 0);
    }

    private ApiResponse begin(LabDroplet droplet, List<String> snapshots, List<String> reserved) {
        droplet.refuseIfBusy();
        List<String> own = images.snapshotsOf(droplet.id()).stream()
                .map(image -> Long.toString(image.id()))
                .toList();
        if (!own.containsAll(snapshots) || !addresses.addressesOf(droplet).containsAll(reserved)) {
            throw ApiErrorException.unprocessable("Only what belongs to the Droplet goes with it.");
        }
        DestroyStatus destruction = new DestroyStatus(droplet);
        destructions.put(droplet.id(), destruction);
        for (LabImage image : images.snapshotsOf(droplet.id())) {
            if (!snapshots.contains(Long.toString(image.id()))) {
                continue;
            }
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
        DestroyedResource thing = new DestroyedResource(id, name);
        thing.gone = clock.instant();
        things.add(thing);
    }

    private void destroy(LabDroplet droplet, DestroyStatus destruction) {
        destruction.completed = null;
        lifecycle.remove(droplet, failure -> {
            destruction.completed = clock.instant();
            if (failure == null) {
                destruction.droplet.gone = clock.instant();
            }
            destruction.droplet.error = failure == null ? "" : String.valueOf(failure.getMessage());
        });
    }

    private DestroyStatus requireStatus(RoutedRequest call) {
        return Optional.ofNullable(destructions.get(call.pathId("droplet"))).orElseThrow(ApiErrorException::notFound);
    }
}
