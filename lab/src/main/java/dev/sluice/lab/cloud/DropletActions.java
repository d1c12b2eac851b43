package dev.sluice.lab.cloud;

import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DropletCreateRequest;
import dev.sluice.lab.droplets.DropletOperations;
import dev.sluice.lab.droplets.DropletStore;
import dev.sluice.lab.droplets.ImageOperations;
import dev.sluice.lab.droplets.LabDroplet;
import dev.sluice.lab.droplets.LabImage;
import dev.sluice.lab.machine.MachineBackend;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What can be done with a droplet while it exists; one at a time. */
final class DropletActions {
    private static final List<String> IN_BULK = List.of("power_on", "power_off", "shutdown", "power_cycle", "snapshot");

    private final DropletStore fleet;
    private final MachineBackend machines;
    private final DeferredWork works;
    private final Clock clock;
    private final LabSettings settings;
    private final ActionLog actions;
    private final ImageOperations images;
    private final RebuildAndResize reshaping;

    DropletActions(
            DropletStore fleet,
            MachineBackend machines,
            DeferredWork works,
            Clock clock,
            LabSettings settings,
            ActionLog actions,
            ImageOperations images,
            RebuildAndResize reshaping) {
        this.fleet = fleet;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        this.settings = settings;
        this.actions = actions;
        this.images = images;
        this.reshaping = reshaping;
    }

    ApiResponse begin(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        String type = call.requireText("type", "Type can't be blank");
        DropletOperations.refuseIfBusy(droplet);
        return ApiResponse.of(
                201, "action", start(droplet, plan(droplet, type, call)).json());
    }

    /** The same action on all droplets of a tag: on all of them or, if one cannot, on none. */
    ApiResponse beginTagged(RoutedRequest call) {
        String tag = call.queryParameter("tag_name")
                .orElseThrow(() -> ApiErrorException.unprocessable("tag_name is missing."));
        String type = call.requireText("type", "Type can't be blank");
        if (!IN_BULK.contains(type))
            throw ApiErrorException.unprocessable(
                    "The lab does not do " + type + " by tag; it does " + String.join(", ", IN_BULK) + ".");
        Map<LabDroplet, PlannedDropletAction> plans = new LinkedHashMap<>();
        for (LabDroplet droplet : fleet.tagged(tag)) {
            DropletOperations.refuseIfBusy(droplet);
            plans.put(droplet, plan(droplet, type, call));
        }
        var begun = ApiJson.array();
        plans.forEach((droplet, plan) -> begun.add(start(droplet, plan).json()));
        return ApiResponse.of(201, "actions", begun);
    }

    private PlannedDropletAction plan(LabDroplet droplet, String type, RoutedRequest call) {
        return switch (type) {
            case "power_on" -> powerOn(droplet);
            case "power_off" -> plan(requirePowered(droplet), type, () -> stop(droplet), () -> droplet.powered = false);
            case "shutdown" ->
                plan(requirePowered(droplet), type, () -> shutdown(droplet), () -> droplet.powered = false);
            case "reboot" -> plan(requirePowered(droplet), type, () -> reboot(droplet), () -> {});
            case "power_cycle" -> plan(requirePowered(droplet), type, () -> cycle(droplet), () -> {});
            case "snapshot" -> snapshot(droplet, call);
            case "rename" -> rename(droplet, call);
            case "rebuild" -> reshaping.rebuild(droplet, call);
            case "restore" -> reshaping.restore(droplet, call);
            case "resize" -> reshaping.resize(droplet, call);
            default ->
                throw ApiErrorException.unprocessable("The lab has no droplet action " + type
                        + "; it has power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename, rebuild,"
                        + " restore and resize.");
        };
    }

    ApiResponse list(RoutedRequest call) {
        return actions.listForResource(call, "droplet", fleet.requireDroplet(call).id);
    }

    ApiResponse get(RoutedRequest call) {
        return actions.getForResource(call, "droplet", fleet.requireDroplet(call).id);
    }

    private static PlannedDropletAction plan(LabDroplet droplet, String type, Callable<?> work, Runnable effect) {
        return new PlannedDropletAction(type, work, effect, droplet.image);
    }

    private ActionLog.LabAction start(LabDroplet droplet, PlannedDropletAction plan) {
        droplet.locked = true;
        var action = actions.begin(plan.type(), droplet.id, "droplet", droplet.region);
        works.submit(
                droplet.id,
                Duration.ofMillis(settings.delays().action()),
                plan.work(),
                failure -> end(droplet, action, plan, failure));
        plan.image().users.add(works.lastWorkOf(droplet.id));
        return action;
    }

    private void end(
            LabDroplet droplet, ActionLog.LabAction action, PlannedDropletAction plan, @Nullable Exception failure) {
        plan.image().users.removeIf(user -> user.isDone());
        droplet.locked = false;
        LabLog.failure("finish an action on droplet " + droplet.name, failure);
        if (failure == null) plan.effect().run();
        actions.end(action, failure == null);
    }

    private PlannedDropletAction powerOn(LabDroplet droplet) {
        if (droplet.powered && machines.isRunning(droplet.id))
            throw ApiErrorException.unprocessable("Droplet is already powered on.");
        Callable<?> work = () -> {
            machines.start(droplet.id);
            return true;
        };
        return plan(droplet, "power_on", work, () -> droplet.powered = true);
    }

    private PlannedDropletAction snapshot(LabDroplet droplet, RoutedRequest call) {
        String name = call.optionalText("name")
                .filter(text -> !text.isBlank())
                .orElseGet(() -> droplet.name + "-" + clock.millis());
        LabImage image = images.prepare(name, droplet.id, droplet.region.slug(), droplet.image, droplet.size.disk());
        Callable<?> work = () -> {
            machines.snapshot(droplet.id, image.key);
            return true;
        };
        return plan(droplet, "snapshot", work, () -> images.add(image));
    }

    private PlannedDropletAction rename(LabDroplet droplet, RoutedRequest call) {
        String name = call.requireText("name", "Name can't be blank");
        DropletCreateRequest.checkName(name);
        return plan(droplet, "rename", () -> name, () -> droplet.name = name);
    }

    private LabDroplet requirePowered(LabDroplet droplet) {
        if (!droplet.powered || !machines.isRunning(droplet.id))
            throw ApiErrorException.unprocessable("Droplet is already powered off.");
        return droplet;
    }

    private boolean stop(LabDroplet droplet) throws IOException {
        machines.stop(droplet.id);
        return true;
    }

    private boolean shutdown(LabDroplet droplet) throws IOException {
        if (machines.shutdown(droplet.id, settings.shutdownSeconds())) return true;
        throw new IOException("The machine did not shut down within " + settings.shutdownSeconds() + " s.");
    }

    private boolean reboot(LabDroplet droplet) throws IOException {
        if (!machines.shutdown(droplet.id, settings.shutdownSeconds())) machines.stop(droplet.id);
        machines.start(droplet.id);
        return true;
    }

    private boolean cycle(LabDroplet droplet) throws IOException {
        machines.stop(droplet.id);
        machines.start(droplet.id);
        return true;
    }
}
