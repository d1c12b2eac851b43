package dev.sluice.lab.api;

import dev.sluice.lab.machine.Machines;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** What can be done with a droplet while it exists; one at a time. */
final class DropletActions {
    private final Fleet fleet;
    private final Machines machines;
    private final Works works;
    private final Clock clock;
    private final LabSettings settings;
    private final Actions actions;
    private final Images images;

    DropletActions(
            Fleet fleet,
            Machines machines,
            Works works,
            Clock clock,
            LabSettings settings,
            Actions actions,
            Images images) {
        this.fleet = fleet;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        this.settings = settings;
        this.actions = actions;
        this.images = images;
    }

    Answer begin(Call call) {
        Droplet droplet = fleet.of(call);
        String type = call.required("type", "Type can't be blank");
        Droplets.refuseIfBusy(droplet);
        return switch (type) {
            case "power_on" -> powerOn(droplet);
            case "power_off" -> begin(powered(droplet), type, () -> stop(droplet), () -> droplet.powered = false);
            case "shutdown" -> begin(powered(droplet), type, () -> shutdown(droplet), () -> droplet.powered = false);
            case "reboot" -> begin(powered(droplet), type, () -> reboot(droplet), () -> {});
            case "power_cycle" -> begin(powered(droplet), type, () -> cycle(droplet), () -> {});
            case "snapshot" -> snapshot(droplet, call);
            case "rename" -> rename(droplet, call);
            default ->
                throw Refusal.unprocessable("The lab has no droplet action " + type
                        + "; it has power_on, power_off, shutdown, reboot, power_cycle, snapshot and rename.");
        };
    }

    Answer list(Call call) {
        return actions.listOf(call, "droplet", fleet.of(call).id);
    }

    Answer get(Call call) {
        return actions.getOf(call, "droplet", fleet.of(call).id);
    }

    private Answer begin(Droplet droplet, String type, Callable<?> work, Runnable effect) {
        droplet.locked = true;
        var action = actions.begin(type, droplet.id, "droplet", droplet.region);
        works.begin(
                droplet.id,
                Duration.ofMillis(settings.actionMillis()),
                work,
                failure -> end(droplet, action, effect, failure));
        return Answer.of(201, "action", action.json());
    }

    private void end(Droplet droplet, Actions.Action action, Runnable effect, @Nullable Exception failure) {
        droplet.locked = false;
        LabLog.failure("finish an action on droplet " + droplet.name, failure);
        if (failure == null) effect.run();
        actions.end(action, failure == null);
    }

    private Answer powerOn(Droplet droplet) {
        if (droplet.powered && machines.running(droplet.id))
            throw Refusal.unprocessable("Droplet is already powered on.");
        Callable<?> work = () -> {
            machines.start(droplet.id);
            return true;
        };
        return begin(droplet, "power_on", work, () -> droplet.powered = true);
    }

    private Answer snapshot(Droplet droplet, Call call) {
        String name = call.optional("name")
                .filter(text -> !text.isBlank())
                .orElseGet(() -> droplet.name + "-" + clock.millis());
        Image image = images.prepare(name, droplet.id, droplet.region.slug(), droplet.image, droplet.size.disk());
        Callable<?> work = () -> {
            machines.snapshot(droplet.id, image.key);
            return true;
        };
        return begin(droplet, "snapshot", work, () -> images.add(image));
    }

    private Answer rename(Droplet droplet, Call call) {
        String name = call.required("name", "Name can't be blank");
        DropletOrder.checkName(name);
        return begin(droplet, "rename", () -> name, () -> droplet.name = name);
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
