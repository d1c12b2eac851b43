package dev.sluice.lab.api;

import dev.sluice.lab.machine.Machines;
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

    private final Fleet fleet;
    private final Machines machines;
    private final Works works;
    private final Clock clock;
    private final LabSettings settings;
    private final Actions actions;
    private final Images images;
    private final Reshaping reshaping;

    DropletActions(
            Fleet fleet,
            Machines machines,
            Works works,
            Clock clock,
            LabSettings settings,
            Actions actions,
            Images images,
            Reshaping reshaping) {
        this.fleet = fleet;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        this.settings = settings;
        this.actions = actions;
        this.images = images;
        this.reshaping = reshaping;
    }

    Answer begin(Call call) {
        Droplet droplet = fleet.of(call);
        String type = call.required("type", "Type can't be blank");
        Droplets.refuseIfBusy(droplet);
        return Answer.of(
                201, "action", start(droplet, plan(droplet, type, call)).json());
    }

    /** The same action on all droplets of a tag: on all of them or, if one cannot, on none. */
    Answer beginTagged(Call call) {
        String tag = call.asked("tag_name").orElseThrow(() -> Refusal.unprocessable("tag_name is missing."));
        String type = call.required("type", "Type can't be blank");
        if (!IN_BULK.contains(type))
            throw Refusal.unprocessable(
                    "The lab does not do " + type + " by tag; it does " + String.join(", ", IN_BULK) + ".");
        Map<Droplet, DropletPlan> plans = new LinkedHashMap<>();
        for (Droplet droplet : fleet.tagged(tag)) {
            Droplets.refuseIfBusy(droplet);
            plans.put(droplet, plan(droplet, type, call));
        }
        var begun = Json.array();
        plans.forEach((droplet, plan) -> begun.add(start(droplet, plan).json()));
        return Answer.of(201, "actions", begun);
    }

    private DropletPlan plan(Droplet droplet, String type, Call call) {
        return switch (type) {
            case "power_on" -> powerOn(droplet);
            case "power_off" -> plan(powered(droplet), type, () -> stop(droplet), () -> droplet.powered = false);
            case "shutdown" -> plan(powered(droplet), type, () -> shutdown(droplet), () -> droplet.powered = false);
            case "reboot" -> plan(powered(droplet), type, () -> reboot(droplet), () -> {});
            case "power_cycle" -> plan(powered(droplet), type, () -> cycle(droplet), () -> {});
            case "snapshot" -> snapshot(droplet, call);
            case "rename" -> rename(droplet, call);
            case "rebuild" -> reshaping.rebuild(droplet, call);
            case "restore" -> reshaping.restore(droplet, call);
            case "resize" -> reshaping.resize(droplet, call);
            default ->
                throw Refusal.unprocessable("The lab has no droplet action " + type
                        + "; it has power_on, power_off, shutdown, reboot, power_cycle, snapshot, rename, rebuild,"
                        + " restore and resize.");
        };
    }

    Answer list(Call call) {
        return actions.listOf(call, "droplet", fleet.of(call).id);
    }

    Answer get(Call call) {
        return actions.getOf(call, "droplet", fleet.of(call).id);
    }

    private static DropletPlan plan(Droplet droplet, String type, Callable<?> work, Runnable effect) {
        return new DropletPlan(type, work, effect, droplet.image);
    }

    private Actions.Action start(Droplet droplet, DropletPlan plan) {
        droplet.locked = true;
        var action = actions.begin(plan.type(), droplet.id, "droplet", droplet.region);
        works.begin(
                droplet.id,
                Duration.ofMillis(settings.delays().action()),
                plan.work(),
                failure -> end(droplet, action, plan, failure));
        plan.image().users.add(works.endOf(droplet.id));
        return action;
    }

    private void end(Droplet droplet, Actions.Action action, DropletPlan plan, @Nullable Exception failure) {
        plan.image().users.removeIf(user -> user.isDone());
        droplet.locked = false;
        LabLog.failure("finish an action on droplet " + droplet.name, failure);
        if (failure == null) plan.effect().run();
        actions.end(action, failure == null);
    }

    private DropletPlan powerOn(Droplet droplet) {
        if (droplet.powered && machines.running(droplet.id))
            throw Refusal.unprocessable("Droplet is already powered on.");
        Callable<?> work = () -> {
            machines.start(droplet.id);
            return true;
        };
        return plan(droplet, "power_on", work, () -> droplet.powered = true);
    }

    private DropletPlan snapshot(Droplet droplet, Call call) {
        String name = call.optional("name")
                .filter(text -> !text.isBlank())
                .orElseGet(() -> droplet.name + "-" + clock.millis());
        Image image = images.prepare(name, droplet.id, droplet.region.slug(), droplet.image, droplet.size.disk());
        Callable<?> work = () -> {
            machines.snapshot(droplet.id, image.key);
            return true;
        };
        return plan(droplet, "snapshot", work, () -> images.add(image));
    }

    private DropletPlan rename(Droplet droplet, Call call) {
        String name = call.required("name", "Name can't be blank");
        DropletOrder.checkName(name);
        return plan(droplet, "rename", () -> name, () -> droplet.name = name);
    }

    private Droplet powered(Droplet droplet) {
        if (!droplet.powered || !machines.running(droplet.id))
            throw Refusal.unprocessable("Droplet is already powered off.");
        return droplet;
    }

    private boolean stop(Droplet droplet) throws IOException {
        machines.stop(droplet.id);
        return true;
    }

    private boolean shutdown(Droplet droplet) throws IOException {
        if (machines.shutdown(droplet.id, settings.shutdownSeconds())) return true;
        throw new IOException("The machine did not shut down within " + settings.shutdownSeconds() + " s.");
    }

    private boolean reboot(Droplet droplet) throws IOException {
        if (!machines.shutdown(droplet.id, settings.shutdownSeconds())) machines.stop(droplet.id);
        machines.start(droplet.id);
        return true;
    }

    private boolean cycle(Droplet droplet) throws IOException {
        machines.stop(droplet.id);
        machines.start(droplet.id);
        return true;
    }
}
