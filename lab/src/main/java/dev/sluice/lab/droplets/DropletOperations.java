package dev.sluice.lab.droplets;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.account.SshKeyOperations;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.ApiJson;
import dev.sluice.lab.api.ApiResponse;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.api.ResultPage;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.fault.MachineBreakage;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The droplets: made, listed, removed. What is done with one in between is in {@code DropletActions}. */
public final class DropletOperations {
    private final DropletStore fleet;
    private final AddressPool addresses = new AddressPool();
    private final MachineBackend machines;
    private final DeferredWork works;
    private final Clock clock;
    private final LabSettings settings;
    private final ActionLog actions;
    private final ImageOperations images;
    private final SshKeyOperations keys;
    private final VpcOperations networks;
    private final DeclaredFaults faults;
    private final TagOperations tags;
    private long nextId = 540_000_001;

    public DropletOperations(
            DropletStore fleet,
            MachineBackend machines,
            DeferredWork works,
            Clock clock,
            LabSettings settings,
            ActionLog actions,
            ImageOperations images,
            SshKeyOperations keys,
            VpcOperations networks,
            TagOperations tags,
            DeclaredFaults faults) {
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

    public ApiResponse list(RoutedRequest call) {
        if (call.queryParameter("name").isPresent()
                && call.queryParameter("tag_name").isPresent())
            throw ApiErrorException.unprocessable("name and tag_name cannot be combined.");
        var found = fleet.visibleDroplets()
                .filter(droplet -> matches(droplet, call))
                .toList();
        return ResultPage.respond(call, "droplets", found, this::json);
    }

    public ApiResponse get(RoutedRequest call) {
        long id = call.pathId("droplet");
        return ApiResponse.ok(
                "droplet",
                fleet.visibleDroplets()
                        .filter(droplet -> droplet.id == id)
                        .map(this::json)
                        .findFirst()
                        .orElseThrow(ApiErrorException::notFound));
    }

    public ApiResponse create(RoutedRequest call) {
        var order = DropletCreateRequest.read(call, images, keys, networks);
        if (fleet.size() + order.names().size() > settings.dropletLimit())
            throw ApiErrorException.unprocessable("creating this/these droplet(s) will exceed your droplet limit");
        ArrayNode made = ApiJson.array();
        ArrayNode links = ApiJson.array();
        for (String name : order.names()) {
            LabDroplet droplet = place(order, name);
            var action = actions.begin("create", droplet.id, "droplet", droplet.region);
            boot(droplet, action);
            made.add(json(droplet));
            links.add(action.link(call.base(), "create"));
        }
        ObjectNode body = ApiJson.object();
        if (order.single()) body.set("droplet", made.get(0));
        else body.set("droplets", made);
        body.putObject("links").set("actions", links);
        return new ApiResponse(202, body, 0);
    }

    public ApiResponse delete(RoutedRequest call) {
        LabDroplet droplet = fleet.requireDroplet(call);
        refuseIfBusy(droplet);
        remove(droplet);
        return ApiResponse.noContent();
    }

    public ApiResponse deleteTagged(RoutedRequest call) {
        String tag = call.queryParameter("tag_name")
                .orElseThrow(() -> ApiErrorException.unprocessable("tag_name is missing."));
        var tagged = fleet.tagged(tag);
        tagged.forEach(DropletOperations::refuseIfBusy);
        tagged.forEach(this::remove);
        return ApiResponse.noContent();
    }

    public ApiResponse snapshots(RoutedRequest call) {
        return ResultPage.respond(
                call, "snapshots", images.snapshotsOf(fleet.requireDroplet(call)), LabImage::dropletSnapshot);
    }

    /** An empty list of what no droplet of the lab has. */
    public ApiResponse listNothing(RoutedRequest call, String key) {
        fleet.requireDroplet(call);
        return ResultPage.respond(call, key, List.of(), ApiJson::same);
    }

    /** Makes something on one machine go wrong, or right again, after what it has to do now; ends with what hindered it. */
    public CompletableFuture<@Nullable Exception> inject(LabDroplet droplet, MachineBreakage breakage, boolean on) {
        Callable<?> work = () -> {
            breakage.inject(machines, droplet.id, on);
            return true;
        };
        works.submit(
                droplet.id,
                Duration.ZERO,
                work,
                failure -> LabLog.failure("inject " + breakage.fault().word(), failure));
        return works.lastWorkOf(droplet.id);
    }

    public static void refuseIfBusy(LabDroplet droplet) {
        if (droplet.locked) throw ApiErrorException.unprocessable("Droplet already has a pending event.");
    }

    boolean isRunning(LabDroplet droplet) {
        return machines.isRunning(droplet.id);
    }

    public ObjectNode json(LabDroplet droplet) {
        var snapshots =
                images.snapshotsOf(droplet).stream().map(image -> image.id).toList();
        return droplet.json(droplet.made && isRunning(droplet), snapshots);
    }

    private static boolean matches(LabDroplet droplet, RoutedRequest call) {
        if (call.queryParameter("type").orElse("").equals("gpus")) return false;
        if (call.queryParameter("name")
                .filter(name -> !droplet.name.equalsIgnoreCase(name))
                .isPresent()) return false;
        return call.queryParameter("tag_name")
                .filter(tag -> !droplet.tags.contains(tag))
                .isEmpty();
    }

    private LabDroplet place(DropletCreateRequest order, String name) {
        var droplet = new LabDroplet(nextId++, name, order, addresses.take(), clock.instant());
        fleet.add(droplet);
        droplet.hidden = true;
        after(settings.delays().list(), () -> droplet.hidden = false);
        // DigitalOcean tags a droplet after it is created, so that it may be there before its tags are.
        after(settings.delays().tag(), () -> droplet.tags.addAll(tags.add(order.tags())));
        return droplet;
    }

    private void after(int millis, Runnable effect) {
        if (millis == 0) effect.run();
        else works.schedule(Duration.ofMillis(millis), ignored -> effect.run());
    }

    private void boot(LabDroplet droplet, ActionLog.LabAction action) {
        MachineSpec machine = droplet.machine;
        List<MachineBreakage> broken = faults.strikeNewDroplet(droplet);
        works.submit(droplet.id, least(), () -> boot(machine, broken), failure -> finishBoot(droplet, action, failure));
        droplet.image.users.add(works.lastWorkOf(droplet.id));
    }

    private boolean boot(MachineSpec machine, List<MachineBreakage> broken) throws IOException {
        machines.create(machine);
        for (MachineBreakage breakage : broken) breakage.inject(machines, machine.id(), true);
        return true;
    }

    // A creation can fail after its 202: the droplet is gone then.
    private void finishBoot(LabDroplet droplet, ActionLog.LabAction action, @Nullable Exception failure) {
        actions.end(action, failure == null);
        droplet.image.users.removeIf(user -> user.isDone());
        droplet.locked = false;
        droplet.made = failure == null;
        after(settings.delays().address(), () -> droplet.addressed = true);
        if (failure == null) return;
        LabLog.failure("boot droplet " + droplet.name, failure);
        remove(droplet);
    }

    private void remove(LabDroplet droplet) {
        remove(droplet, failure -> {});
    }

    /** Takes a droplet away; its address stays taken until the machine is really gone, of which {@code end} hears. */
    public void remove(LabDroplet droplet, DeferredWork.CompletionEffect end) {
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
        works.submit(droplet.id, Duration.ZERO, work, failure -> {
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
