package dev.sluice.lab.network;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.AccountOperations;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DropletOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.LabDroplet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Public addresses that outlive droplets and can be moved between them. */
final class ReservedIpOperations implements DropletOperations.AssociatedAddresses {
    private static final String KIND = "reserved_ip";

    /** One address, locked while it moves. */
    private static final class ReservedIp {
        private final long number;
        private final RegionCatalog.Region region;
        private @Nullable LabDroplet droplet;
        private boolean locked;

        private ReservedIp(long number, RegionCatalog.Region region) {
            this.number = number;
            this.region = region;
        }

        // 198.19.0.0/16 is the other half of the range for test networks (RFC 2544).
        private String address() {
            return "198.19.0." + number;
        }
    }

    private final Map<String, ReservedIp> addresses = new LinkedHashMap<>();
    private final LabRuntime runtime;
    private final DropletStore fleet;

    ReservedIpOperations(LabRuntime runtime, DropletStore fleet) {
        this.runtime = runtime;
        this.fleet = fleet;
    }

    List<ApiOperation> operations() {
        return Stream.of(
                        ApiOperation.get("/v2/reserved_ips", "", this::list),
                        ApiOperation.post("/v2/reserved_ips", "for a `region` or a `droplet_id`", this::create),
                        ApiOperation.get("/v2/reserved_ips/{ip}", "", this::get),
                        ApiOperation.delete("/v2/reserved_ips/{ip}", "", this::delete),
                        ApiOperation.get("/v2/reserved_ips/{ip}/actions", "newest first", this::actions),
                        ApiOperation.post("/v2/reserved_ips/{ip}/actions", "assign, unassign", this::begin),
                        ApiOperation.get("/v2/reserved_ips/{ip}/actions/{action}", "", this::action))
                .map(ApiOperation::unspecified)
                .toList();
    }

    private ApiResponse list(RoutedRequest call) {
        detachDestroyedDroplets();
        return ResultPage.respond(call, "reserved_ips", List.copyOf(addresses.values()), this::json);
    }

    /** Reserves an address for a region, or for a droplet and assigns it. */
    private ApiResponse create(RoutedRequest call) {
        if (addresses.size() >= AccountOperations.RESERVED_IP_LIMIT) {
            throw ApiErrorException.unprocessable(
                    "You may have at most %d reserved IPs.".formatted(AccountOperations.RESERVED_IP_LIMIT));
        }
        if (!call.body().has("droplet_id")) {
            return ApiResponse.of(202, KIND, json(reserve(region(call))));
        }
        LabDroplet droplet = droplet(call);
        droplet.refuseIfBusy();
        ReservedIp reserved = reserve(droplet.region());
        ActionLog.LabAction action = assign(reserved, droplet);
        ObjectNode body = ApiJson.object().<ObjectNode>set(KIND, json(reserved));
        ObjectNode links = body.putObject("links");
        links.putArray("droplets")
                .add(ApiJson.object()
                        .put("id", droplet.id())
                        .put("rel", "droplet")
                        .put("href", call.base() + "/v2/droplets/" + droplet.id()));
        links.putArray("actions").add(action.link(call.base(), "assign_ip"));
        return new ApiResponse(202, body, 0);
    }

    private ApiResponse get(RoutedRequest call) {
        return ApiResponse.ok(KIND, json(requireAddress(call)));
    }

    private ApiResponse delete(RoutedRequest call) {
        ReservedIp reserved = requireAddress(call);
        refuseIfBusy(reserved);
        release(reserved);
        return ApiResponse.noContent();
    }

    private ApiResponse begin(RoutedRequest call) {
        ReservedIp reserved = requireAddress(call);
        refuseIfBusy(reserved);
        return switch (call.requireText("type", "Type can't be blank")) {
            case "assign" ->
                ApiResponse.of(201, "action", assign(reserved, droplet(call)).json());
            case "unassign" -> ApiResponse.of(201, "action", unassign(reserved).json());
            default -> throw ApiErrorException.unprocessable("type must be assign or unassign.");
        };
    }

    private ApiResponse actions(RoutedRequest call) {
        return runtime.actions().listForResource(call, KIND, requireAddress(call).number);
    }

    private ApiResponse action(RoutedRequest call) {
        return runtime.actions().getForResource(call, KIND, requireAddress(call).number);
    }

    @Override
    public List<String> addressesOf(LabDroplet droplet) {
        return addresses.values().stream()
                .filter(reserved -> reserved.droplet == droplet)
                .map(ReservedIp::address)
                .toList();
    }

    @Override
    public void release(String address) {
        Optional.ofNullable(addresses.get(address)).ifPresent(this::release);
    }

    private void release(ReservedIp reserved) {
        addresses.remove(reserved.address());
        if (reserved.droplet != null) {
            route(reserved, reserved.droplet, false, failure -> {});
        }
    }

    private ReservedIp reserve(RegionCatalog.Region region) {
        long number = 1;
        while (addresses.containsKey("198.19.0." + number)) {
            number++;
        }
        ReservedIp reserved = new ReservedIp(number, region);
        addresses.put(reserved.address(), reserved);
        return reserved;
    }

    private ActionLog.LabAction assign(ReservedIp reserved, LabDroplet droplet) {
        if (!droplet.region().equals(reserved.region)) {
            throw ApiErrorException.unprocessable("The reserved IP is in another region than the Droplet.");
        }
        if (reserved.droplet != null) {
            route(reserved, reserved.droplet, false, failure -> {});
        }
        return move(reserved, droplet, true, "assign_ip");
    }

    private ActionLog.LabAction unassign(ReservedIp reserved) {
        LabDroplet droplet = reserved.droplet;
        if (droplet == null) {
            throw ApiErrorException.unprocessable("The reserved IP is not assigned to a Droplet.");
        }
        return move(reserved, droplet, false, "unassign_ip");
    }

    private ActionLog.LabAction move(ReservedIp reserved, LabDroplet droplet, boolean on, String type) {
        ActionLog.LabAction action = runtime.actions().begin(type, reserved.number, KIND, reserved.region);
        reserved.locked = true;
        route(reserved, droplet, on, failure -> {
            LabLog.failure("%s %s of droplet %s".formatted(type, reserved.address(), droplet.name()), failure);
            reserved.locked = false;
            if (failure == null) {
                reserved.droplet = on ? droplet : null;
            }
            runtime.actions().end(action, failure);
        });
        return action;
    }

    private void route(ReservedIp reserved, LabDroplet droplet, boolean on, DeferredWork.CompletionEffect end) {
        runtime.works()
                .submit(
                        droplet.id(),
                        runtime.actionTime(),
                        () -> {
                            runtime.machines().routeAddress(reserved.address(), droplet.id(), on);
                            return true;
                        },
                        end);
    }

    // The address of a destroyed droplet is free again.
    private void detachDestroyedDroplets() {
        for (ReservedIp reserved : addresses.values()) {
            if (reserved.droplet != null && fleet.find(reserved.droplet.id()).isEmpty()) {
                reserved.droplet = null;
            }
        }
    }

    private ObjectNode json(ReservedIp reserved) {
        ObjectNode json = ApiJson.object().put("ip", reserved.address()).put("locked", reserved.locked);
        json.set("region", reserved.region.json());
        if (reserved.droplet == null) {
            json.putNull("droplet");
        } else {
            json.set("droplet", fleet.json(reserved.droplet));
        }
        return json;
    }

    private ReservedIp requireAddress(RoutedRequest call) {
        detachDestroyedDroplets();
        return Optional.ofNullable(addresses.get(call.pathVariable("ip"))).orElseThrow(ApiErrorException::notFound);
    }

    private static void refuseIfBusy(ReservedIp reserved) {
        if (reserved.locked) {
            throw ApiErrorException.unprocessable("The reserved IP already has a pending event.");
        }
    }

    private LabDroplet droplet(RoutedRequest call) {
        return fleet.find(call.body().path("droplet_id").asLong())
                .orElseThrow(() -> ApiErrorException.unprocessable("The Droplet of droplet_id could not be found."));
    }

    private static RegionCatalog.Region region(RoutedRequest call) {
        return RegionCatalog.region(call.requireText("region", "region or droplet_id must be given."))
                .orElseThrow(() -> ApiErrorException.unprocessable("Region is invalid"));
    }
}
