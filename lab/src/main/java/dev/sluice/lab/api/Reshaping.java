package dev.sluice.lab.api;

import dev.sluice.lab.machine.Machine;
import dev.sluice.lab.machine.Machines;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The actions that make another machine of a droplet: another disk's content, or another size. */
final class Reshaping {
    private final Machines machines;
    private final Images images;
    private final FaultPlan faults;
    private final Guards guards;
    private final ReservedAddresses reserved;

    Reshaping(Machines machines, Images images, FaultPlan faults, Guards guards, ReservedAddresses reserved) {
        this.machines = machines;
        this.images = images;
        this.faults = faults;
        this.guards = guards;
        this.reserved = reserved;
    }

    /** From any image, by id or slug; addresses, keys and user data stay, and the first boot comes again. */
    DropletPlan rebuild(Droplet droplet, Call call) {
        var image = images.named(call.body().path("image"))
                .orElseThrow(() -> Refusal.unprocessable("You specified an invalid image for Droplet rebuild."));
        return from(droplet, image, "rebuild");
    }

    /** From a snapshot of this very droplet: the lab makes no backups. */
    DropletPlan restore(Droplet droplet, Call call) {
        var image = images.named(call.body().path("image"))
                .filter(found -> found.droplet == droplet.id)
                .orElseThrow(() -> Refusal.unprocessable("The image to restore is no snapshot of this Droplet."));
        return from(droplet, image, "restore");
    }

    DropletPlan resize(Droplet droplet, Call call) {
        var size = Catalog.size(call.body().path("size").asText(""))
                .orElseThrow(() -> Refusal.unprocessable("You specified an invalid size for Droplet resize."));
        if (droplet.powered) throw Refusal.unprocessable("Droplet must be powered off to be resized.");
        if (!size.regions().contains(droplet.region.slug()))
            throw Refusal.unprocessable("Size is not available in this region.");
        if (size.disk() < droplet.disk)
            throw Refusal.unprocessable("This size's disk of " + size.disk()
                    + " GB is smaller than the Droplet's, which has " + droplet.disk + " GB.");
        int disk = call.flag("disk") ? size.disk() : droplet.disk;
        Callable<?> work = () -> {
            if (disk != droplet.disk) machines.enlarge(droplet.id, disk * 1024);
            return true;
        };
        return new DropletPlan(
                "resize",
                work,
                () -> {
                    droplet.size = size;
                    droplet.disk = disk;
                    droplet.machine = droplet.machine.withDisk(disk * 1024);
                },
                droplet.image);
    }

    private DropletPlan from(Droplet droplet, Image image, String type) {
        if (!image.regions.contains(droplet.region.slug()))
            throw Refusal.unprocessable("The image is not available in the Droplet's region.");
        if (image.minimumDisk > droplet.disk)
            throw Refusal.unprocessable(
                    "The image needs a disk of " + image.minimumDisk + " GB, the Droplet has " + droplet.disk + " GB.");
        Machine machine = droplet.machine.from(image.key);
        List<Breakage> broken = faults.brokenIn(droplet);
        List<String> addresses = reserved.of(droplet);
        return new DropletPlan(
                type,
                () -> replace(machine, broken, addresses),
                () -> {
                    droplet.image = image;
                    droplet.machine = machine;
                    droplet.powered = true;
                    guards.forget(droplet);
                },
                image);
    }

    // What was said about the old machine holds for the new one; its firewalls are asked for as soon as it is there.
    private boolean replace(Machine machine, List<Breakage> broken, List<String> addresses) throws IOException {
        machines.destroy(machine.id());
        machines.create(machine);
        for (String address : addresses) machines.lead(address, machine.id(), true);
        for (Breakage breakage : broken) breakage.of(machines, machine.id(), true);
        return true;
    }
}
