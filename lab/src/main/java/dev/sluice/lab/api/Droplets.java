package dev.sluice.lab.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.machine.Machine;
import dev.sluice.lab.machine.Machines;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The droplets: made, listed, removed. What is done with one in between is in {@link DropletActions}. */
final class Droplets {
    private final Fleet fleet;
    private final Addresses addresses = new Addresses();
    private final Machines machines;
    private final Works works;
    private final Clock clock;
    private final LabSettings settings;
    private final Actions actions;
    private final Images images;
    private final Keys keys;
    private final Networks networks;
    private final FaultPlan faults;
    private final Tags tags;
    private long nextId = 540_000_001;

    Droplets(
            Fleet fleet,
            Machines machines,
            Works works,
            Clock clock,
            LabSettings settings,
            Actions actions,
            Images images,
            Keys keys,
            Networks networks,
            Tags tags,
            FaultPlan faults) {
        this.fleet = fleet;
        this.machines = machines;
        this.works = works;
        this.clock = clock;
        this.settings = settings;
        this.actions = actions;
        this.images = images;
        this.keys = keys;
        this.networks = networks;
        this.faults = faults;
        this.tags = tags;
    }

    Answer list(Call call) {
        if (call.asked("name").isPresent() && call.asked("tag_name").isPresent())
            throw Refusal.unprocessable("name and tag_name cannot be combined.");
        var found = fleet.shown().filter(droplet -> matches(droplet, call)).toList();
        return Page.of(call, "droplets", found, this::json);
    }

    Answer get(Call call) {
        long id = call.id("droplet");
        return Answer.ok(
                "droplet",
                fleet.shown()
                        .filter(droplet -> droplet.id == id)
                        .map(this::json)
                        .findFirst()
                        .orElseThrow(Refusal::notFound));
    }

    Answer create(Call call) {
        var order = DropletOrder.read(call, images, keys, networks);
        if (fleet.size() + order.names().size() > settings.dropletLimit())
            throw Refusal.unprocessable("creating this/these droplet(s) will exceed your droplet limit");
        ArrayNode made = Json.array();
        ArrayNode links = Json.array();
        for (String name : order.names()) {
            Droplet droplet = place(order, name);
            var action = actions.begin("create", droplet.id, "droplet", droplet.region);
            boot(droplet, action);
            made.add(json(droplet));
            links.add(action.link(call.base(), "create"));
        }
        ObjectNode body = Json.object();
        if (order.single()) body.set("droplet", made.get(0));
        else body.set("droplets", made);
        body.putObject("links").set("actions", links);
        return new Answer(202, body, 0);
    }

    Answer delete(Call call) {
        Droplet droplet = fleet.of(call);
        refuseIfBusy(droplet);
        remove(droplet);
        return Answer.noContent();
    }

    Answer deleteTagged(Call call) {
        String tag = call.asked("tag_name").orElseThrow(() -> Refusal.unprocessable("tag_name is missing."));
        var tagged = fleet.tagged(tag);
        tagged.forEach(Droplets::refuseIfBusy);
        tagged.forEach(this::remove);
        return Answer.noContent();
    }

    Answer snapshots(Call call) {
        return Page.of(call, "snapshots", images.of(fleet.of(call)), Image::dropletSnapshot);
    }

    /** An empty list of what no droplet of the lab has. */
    Answer none(Call call, String key) {
        fleet.of(call);
        return Page.of(call, key, List.of(), Json::same);
    }

    /** Makes something on one machine go wrong, or right again, after what it has to do now; ends with what hindered it. */
    CompletableFuture<@Nullable Exception> inject(Droplet droplet, Breakage breakage, boolean on) {
        Callable<?> work = () -> {
            breakage.of(machines, droplet.id, on);
            return true;
        };
        works.begin(
                droplet.id,
                Duration.ZERO,
                work,
                failure -> LabLog.failure("inject " + breakage.fault().word(), failure));
        return works.endOf(droplet.id);
    }

    static void refuseIfBusy(Droplet droplet) {
        if (droplet.locked) throw Refusal.unprocessable("Droplet already has a pending event.");
    }

    boolean running(Droplet droplet) {
        return machines.running(droplet.id);
    }

    ObjectNode json(Droplet droplet) {
        var snapshots = images.of(droplet).stream().map(image -> image.id).toList();
        return droplet.json(droplet.made && running(droplet), snapshots);
    }

    private static boolean matches(Droplet droplet, Call call) {
        if (call.asked("type").orElse("").equals("gpus")) return false;
        if (call.asked("name")
                .filter(name -> !droplet.name.equalsIgnoreCase(name))
                .isPresent()) return false;
        return call.asked("tag_name").filter(tag -> !droplet.tags.contains(tag)).isEmpty();
    }

    private Droplet place(DropletOrder order, String name) {
        var droplet = new Droplet(nextId++, name, order, addresses.take(), clock.instant());
        fleet.add(droplet);
        droplet.hidden = true;
        after(settings.delays().list(), () -> droplet.hidden = false);
        // DigitalOcean tags a droplet after it is created, so that it may be there before its tags are.
        after(settings.delays().tag(), () -> droplet.tags.addAll(tags.add(order.tags())));
        return droplet;
    }

    private void after(int millis, Runnable effect) {
        if (millis == 0) effect.run();
        else works.later(Duration.ofMillis(millis), ignored -> effect.run());
    }

    private void boot(Droplet droplet, Actions.Action action) {
        Machine machine = droplet.machine;
        List<Breakage> broken = faults.strike(droplet);
        works.begin(droplet.id, least(), () -> boot(machine, broken), failure -> booted(droplet, action, failure));
        droplet.image.users.add(works.endOf(droplet.id));
    }

    private boolean boot(Machine machine, List<Breakage> broken) throws IOException {
        machines.create(machine);
        for (Breakage breakage : broken) breakage.of(machines, machine.id(), true);
        return true;
    }

    // A creation can fail after its 202: the droplet is gone then.
    private void booted(Droplet droplet, Actions.Action action, @Nullable Exception failure) {
        actions.end(action, failure == null);
        droplet.image.users.removeIf(user -> user.isDone());
        droplet.locked = false;
        droplet.made = failure == null;
        after(settings.delays().address(), () -> droplet.addressed = true);
        if (failure == null) return;
        LabLog.failure("boot droplet " + droplet.name, failure);
        remove(droplet);
    }

    private void remove(Droplet droplet) {
        remove(droplet, failure -> {});
    }

    /** Takes a droplet away; its address stays taken until the machine is really gone, of which {@code end} hears. */
    void remove(Droplet droplet, Works.Effect end) {
        fleet.remove(droplet);
        if (settings.delays().delete() > 0) {
            fleet.ghosts.add(droplet);
            after(settings.delays().delete(), () -> fleet.ghosts.remove(droplet));
        }
        var action = actions.begin("destroy", droplet.id, "droplet", droplet.region);
        Callable<?> work = () -> {
            machines.destroy(droplet.id);
            return true;
        };
        works.begin(droplet.id, Duration.ZERO, work, failure -> {
            LabLog.failure("destroy droplet " + droplet.name, failure);
            actions.end(action, failure == null);
            addresses.free(droplet.address);
            works.forget(droplet.id);
            end.apply(failure);
        });
    }

    private Duration least() {
        return Duration.ofMillis(settings.delays().action());
    }
}
