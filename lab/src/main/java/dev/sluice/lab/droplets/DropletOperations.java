package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.fault.DeclaredFaults;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.tags.TagOperations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The droplets: created, listed and deleted. {@link DropletActions} changes one in between. */
public final class DropletOperations {
    /** Chooses the VPC of a droplet: the one that is named, else the region's default. */
    public interface VpcPlacement {
        String resolveVpc(Optional<String> vpc, String region);
    }

    /** The reserved addresses that lead to a droplet. */
    public interface AssociatedAddresses {
        List<String> addressesOf(LabDroplet droplet);

        void release(String address);
    }

    private final LabRuntime runtime;
    private final DropletStore fleet;
    private final ImageOperations images;
    private final SshKeyOperations keys;
    private final VpcPlacement vpcs;
    private final DropletProvisioning lifecycle;
    private final List<ApiOperation> operations;

    public DropletOperations(
            LabRuntime runtime,
            DropletStore fleet,
            ImageOperations images,
            SshKeyOperations keys,
            TagOperations tags,
            VpcPlacement vpcs,
            AssociatedAddresses addresses,
            DeclaredFaults faults) {
        this.runtime = runtime;
        this.fleet = fleet;
        this.images = images;
        this.keys = keys;
        this.vpcs = vpcs;
        this.lifecycle = new DropletProvisioning(runtime, fleet, tags, faults);
        RebuildAndResize reshaping = new RebuildAndResize(runtime.machines(), fleet, images, faults, addresses);
        this.operations = Stream.of(
                        ownOperations(),
                        new DropletActions(runtime, fleet, images, reshaping).operations(),
                        new BackupOperations(fleet).operations(),
                        new DestroyWithResources(fleet, lifecycle, images, addresses, runtime.clock()).operations(),
                        new MetricOperations(fleet, runtime).operations())
                .flatMap(List::stream)
                .toList();
    }

    /** All operations on droplets, their actions, backups and metrics. */
    public List<ApiOperation> operations() {
        return operations;
    }

    private List<ApiOperation> ownOperations() {
        return List.of(
                ApiOperation.get("/v2/droplets", "`name` (exact, any case), `tag_name`, `type`", this::list),
                ApiOperation.post("/v2/droplets", "one (`name`) or up to ten (`names`)", this::create),
                ApiOperation.delete("/v2/droplets", "all with `tag_name`", this::deleteTagged),
                ApiOperation.get("/v2/droplets/{droplet}", "", this::get),
                ApiOperation.delete(
                        "/v2/droplets/{droplet}",
                        "removed at once; its address is free once its machine is destroyed",
                        this::delete),
                ApiOperation.get("/v2/droplets/{droplet}/snapshots", "ids are numbers here", this::snapshots),
                alwaysEmpty("kernels", "kernels"),
                alwaysEmpty("backups", "backups"),
                alwaysEmpty("neighbors", "droplets"));
    }

    /** An operation that lists a kind of resource that no droplet of the lab has. */
    private ApiOperation alwaysEmpty(String path, String key) {
        return ApiOperation.get("/v2/droplets/{droplet}/" + path, "always empty", call -> {
            fleet.requireDroplet(call);
            return ResultPage.respond(call, key, List.of(), ApiJson::same);
        });
    }

    private ApiResponse list(RoutedRequest call) {
        if (call.queryParameter("name").isPresent()
                && call.queryParameter("tag_name").isPresent()) {
            throw ApiErrorException.unprocessable("name and tag_name cannot be combined.");
        }
        List<LabDroplet> found = fleet.visibleDroplets()
                .filter(droplet -> matches(droplet, call))
                .toList();
        return ResultPage.respond(call, "droplets", found, fleet::json);
    }

    private ApiResponse get(RoutedRequest call) {
        long id = call.pathId("droplet");
        return ApiResponse.ok(
                "droplet",
                fleet.visibleDroplets()
                        .filter(droplet -> droplet.id() == id)
                        .map(fleet::json)
                        .findFirst()
                        .orElseThrow(ApiErrorException::notFound));
    }

    private ApiResponse create(RoutedRequest call) {
        DropletCreateRequest order = DropletCreateRequest.read(call, images, keys, vpcs);
        if (fleet.size() + order.names().size() > runtime.settings().dropletLimit()) {
            throw ApiErrorException.unprocessable("creating this/these droplet(s) will exceed your droplet limit");
        }
        ArrayNode made = ApiJson.array();
        ArrayNode links = ApiJson.array();
        for (String name : order.names()) {
            LabDroplet droplet = lifecycle.place(order, name);
            ActionLog.LabAction action = lifecycle.boot(droplet);
            made.add(fleet.json(droplet));
            links.add(action.link(call.base(), "create"));
        }
        ObjectNode body = ApiJson.object();
        if (order.single()) {
            body.set("droplet", made.get(0));
        } else {
            body.set("droplets", made);
        }
        body.putObject("links").set("actions", links);
        return new ApiResponse(202, body, 0);
    }

    private ApiResponse delete(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        droplet.refuseIfBusy();
        remove(droplet);
        return ApiResponse.noContent();
    }

    private ApiResponse deleteTagged(RoutedRequest call) {
        String tag = call.queryParameter("tag_name")
                .orElseThrow(() -> ApiErrorException.unprocessable("tag_name is missing."));
        List<LabDroplet> tagged = fleet.tagged(tag);
        tagged.forEach(LabDroplet::refuseIfBusy);
        tagged.forEach(this::remove);
        return ApiResponse.noContent();
    }

    private ApiResponse snapshots(RoutedRequest call) {
        return ResultPage.respond(
                call, "snapshots", images.snapshotsOf(fleet.requireDroplet(call).id()), LabImage::dropletSnapshot);
    }

    /** Injects a fault of machines into those that exist, unless it is for the next ones. */
    public void inject(DeclaredFaults.DeclaredFault planned) {
        if (planned.fault().next()) {
            return;
        }
        planned.fault().machineBreakage().ifPresent(breakage -> lifecycle.inject(planned, breakage));
    }

    /** Ends a fault of machines on those that it broke. */
    public void repair(DeclaredFaults.DeclaredFault planned) {
        planned.fault().machineBreakage().ifPresent(breakage -> lifecycle.repair(planned, breakage));
    }

    private static boolean matches(LabDroplet droplet, RoutedRequest call) {
        if (call.queryParameter("type").orElse("").equals("gpus")) {
            return false;
        }
        if (call.queryParameter("name")
                .filter(name -> !droplet.name().equalsIgnoreCase(name))
                .isPresent()) {
            return false;
        }
        return call.queryParameter("tag_name")
                .filter(tag -> !droplet.tags().contains(tag))
                .isEmpty();
    }

    private void remove(LabDroplet droplet) {
        lifecycle.remove(droplet, failure -> {});
    }
}
