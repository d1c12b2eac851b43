package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiOperation;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.machine.MachineBackend;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The actions on a droplet, one at a time. */
final class DropletActions {
    private static final List<String> IN_BULK = List.of("power_on", "power_off", "shutdown", "power_cycle", "snapshot");

    private final LabRuntime runtime;
    private final MachineBackend machines;
    private final DropletStore fleet;
    private final ImageOperations images;
    private final RebuildAndResize reshaping;

    DropletActions(LabRuntime runtime, DropletStore fleet, ImageOperations images, RebuildAndResize reshaping) {
        this.runtime = runtime;
        this.machines = runtime.machines();
        this.fleet = fleet;
        this.images = images;
        this.reshaping = reshaping;
    }

    List<ApiOperation> operations() {
        return List.of(
                ApiOperation.get("/v2/droplets/{droplet}/actions", "newest first", this::list),
                ApiOperation.post(
                        "/v2/droplets/{droplet}/actions",
                        "power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename, rebuild, restore, resize",
                        this::begin),
                ApiOperation.get("/v2/droplets/{droplet}/actions/{action}", "", this::get),
                ApiOperation.post(
                        "/v2/droplets/actions",
                        "on all with `tag_name`, or on none: power_on, power_off, shutdown, power_cycle, snapshot",
                        this::beginTagged));
    }

    private ApiResponse begin(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        String type = call.requireText("type", "Type can't be blank");
        droplet.refuseIfBusy();
        return ApiResponse.of(
                201, "action", start(droplet, plan(droplet, type, call)).json());
    }

    /** Begins an action on all droplets of a tag, or on none if one of them refuses it. */
    private ApiResponse beginTagged(RoutedRequest call) {
        String tag = call.queryParameter("tag_name")
                .orElseThrow(() -> ApiErrorException.unprocessable("tag_name is missing."));
        String type = call.requireText("type", "Type can't be blank");
        if (!IN_BULK.contains(type)) {
            throw ApiErrorException.unprocessable(
                    "The lab does not do %s by tag; it does %s.".formatted(type, String.join(", ", IN_BULK)));
        }
        Map<LabDroplet, PlannedDropletAction> plans = new LinkedHashMap<>();
        for (LabDroplet droplet : fleet.tagged(tag)) {
            droplet.refuseIfBusy();
            plans.put(droplet, plan(droplet, type, call));
        }
        ArrayNode begun = ApiJson.array();
        plans.forEach((droplet, plan) -> begun.add(start(droplet, plan).json()));
        return ApiResponse.of(201, "actions", begun);
    }

    private PlannedDropletAction plan(LabDroplet droplet, String type, RoutedRequest call) {
        return switch (type) {
            case "power_on" -> powerOn(droplet);
            case "power_off" -> plan(requirePowered(droplet), type, () -> stop(droplet), droplet::powerOff);
            case "shutdown" -> plan(requirePowered(droplet), type, () -> shutdown(droplet), droplet::powerOff);
            case "reboot" -> plan(requirePowered(droplet), type, () -> reboot(droplet), () -> {});
            case "power_cycle" -> plan(requirePowered(droplet), type, () -> cycle(droplet), () -> {});
            case "snapshot" -> snapshot(droplet, call);
            case "rename" -> rename(droplet, call);
            case "rebuild" -> reshaping.rebuild(droplet, call);
            case "restore" -> reshaping.restore(droplet, call);
            case "resize" -> reshaping.resize(droplet, call);
            default ->
                throw ApiErrorException.unprocessable(
                        "The lab has no droplet action %s; it has power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename, rebuild, restore and resize."
                                .formatted(type));
        };
    }

    private ApiResponse list(RoutedRequest call) {
        return runtime.actions()
                .listForResource(call, "droplet", fleet.requireDroplet(call).id());
    }

    private ApiResponse get(RoutedRequest call) {
        return runtime.actions()
                .getForResource(call, "droplet", fleet.requireDroplet(call).id());
    }

    private static PlannedDropletAction plan(LabDroplet droplet, String type, Callable<?> work, Runnable effect) {
        return new PlannedDropletAction(type, work, effect, droplet.image());
    }

    private ActionLog.LabAction start(LabDroplet droplet, PlannedDropletAction plan) {
        droplet.lock();
        ActionLog.LabAction action = runtime.actions().begin(plan.type(), droplet.id(), "droplet", droplet.region());
        runtime.works()
                .submit(
                        droplet.id(),
                        runtime.actionTime(),
                        plan.work(),
                        failure -> end(droplet, action, plan, failure));
        plan.image().addUser(runtime.works().lastWorkOf(droplet.id()));
        return action;
    }

    private void end(
            LabDroplet droplet, ActionLog.LabAction action, PlannedDropletAction plan, @Nullable Exception failure) {
        droplet.unlock();
        LabLog.failure("finish an action on droplet " + droplet.name(), failure);
        if (failure == null) {
            plan.effect().run();
        }
        runtime.actions().end(action, failure);
    }

    private PlannedDropletAction powerOn(LabDroplet droplet) {
        if (droplet.isPowered() && machines.isRunning(droplet.id())) {
            throw ApiErrorException.unprocessable("Droplet is already powered on.");
        }
        Callable<?> work = () -> {
            machines.start(droplet.id());
            return true;
        };
        return plan(droplet, "power_on", work, droplet::powerOn);
    }

    private PlannedDropletAction snapshot(LabDroplet droplet, RoutedRequest call) {
        String name = call.optionalText("name")
                .filter(text -> !text.isBlank())
                .orElseGet(() -> droplet.name() + "-" + runtime.clock().millis());
        LabImage image = images.prepare(
                name,
                droplet.id(),
                droplet.region().slug(),
                droplet.image(),
                droplet.size().disk());
        Callable<?> work = () -> {
            machines.snapshot(droplet.id(), image.key());
            return true;
        };
        return plan(droplet, "snapshot", work, () -> images.add(image));
    }

    private PlannedDropletAction rename(LabDroplet droplet, RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank");
        DropletCreateRequest.checkName(name);
        return plan(droplet, "rename", () -> name, () -> droplet.rename(name));
    }

    private LabDroplet requirePowered(LabDroplet droplet) {
        if (!droplet.isPowered() || !machines.isRunning(droplet.id())) {
            throw ApiErrorException.unprocessable("Droplet is already powered off.");
        }
        return droplet;
    }

    private boolean stop(LabDroplet droplet) throws IOException {
        machines.stop(droplet.id());
        return true;
    }

    private boolean shutdown(LabDroplet droplet) throws IOException {
        if (machines.shutdown(droplet.id(), runtime.settings().shutdownSeconds())) {
            return true;
        }
        throw new IOException("The machine did not shut down within %d s."
                .formatted(runtime.settings().shutdownSeconds()));
    }

    private boolean reboot(LabDroplet droplet) throws IOException {
        if (!machines.shutdown(droplet.id(), runtime.settings().shutdownSeconds())) {
            machines.stop(droplet.id());
        }
        machines.start(droplet.id());
        return true;
    }

    private boolean cycle(LabDroplet droplet) throws IOException {
        machines.stop(droplet.id());
        machines.start(droplet.id());
        return true;
    }
}
