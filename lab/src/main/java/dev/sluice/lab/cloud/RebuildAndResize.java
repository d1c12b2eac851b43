package dev.sluice.lab.cloud;

import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.droplets.DeclaredFaults;
import dev.sluice.lab.droplets.ImageOperations;
import dev.sluice.lab.droplets.LabDroplet;
import dev.sluice.lab.droplets.LabImage;
import dev.sluice.lab.fault.MachineBreakage;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.network.FirewallEnforcement;
import dev.sluice.lab.network.ReservedIpOperations;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The actions that make another machine of a droplet: another disk's content, or another size. */
final class RebuildAndResize {
    private final MachineBackend machines;
    private final ImageOperations images;
    private final DeclaredFaults faults;
    private final FirewallEnforcement guards;
    private final ReservedIpOperations reserved;

    RebuildAndResize(
            MachineBackend machines,
            ImageOperations images,
            DeclaredFaults faults,
            FirewallEnforcement guards,
            ReservedIpOperations reserved) {
        this.machines = machines;
        this.images = images;
        this.faults = faults;
        this.guards = guards;
        this.reserved = reserved;
    }

    /** From any image, by id or slug; addresses, keys and user data stay, and the first boot comes again. */
    PlannedDropletAction rebuild(LabDroplet droplet, RoutedRequest call) {
        var image = images.findReferenced(call.body().path("image"))
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("You specified an invalid image for Droplet rebuild."));
        return from(droplet, image, "rebuild");
    }

    /** From a snapshot of this very droplet: the lab makes no backups. */
    PlannedDropletAction restore(LabDroplet droplet, RoutedRequest call) {
        var image = images.findReferenced(call.body().path("image"))
                .filter(found -> found.droplet == droplet.id)
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("The image to restore is no snapshot of this Droplet."));
        return from(droplet, image, "restore");
    }

    PlannedDropletAction resize(LabDroplet droplet, RoutedRequest call) {
        var size = RegionCatalog.size(call.body().path("size").asText(""))
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("You specified an invalid size for Droplet resize."));
        if (droplet.powered) throw ApiErrorException.unprocessable("Droplet must be powered off to be resized.");
        if (!size.regions().contains(droplet.region.slug()))
            throw ApiErrorException.unprocessable("Size is not available in this region.");
        if (size.disk() < droplet.disk)
            throw ApiErrorException.unprocessable("This size's disk of " + size.disk()
                    + " GB is smaller than the Droplet's, which has " + droplet.disk + " GB.");
        int disk = call.isTrue("disk") ? size.disk() : droplet.disk;
        Callable<?> work = () -> {
            if (disk != droplet.disk) machines.resizeDisk(droplet.id, disk * 1024);
            return true;
        };
        return new PlannedDropletAction(
                "resize",
                work,
                () -> {
                    droplet.size = size;
                    droplet.disk = disk;
                    droplet.machine = droplet.machine.withDisk(disk * 1024);
                },
                droplet.image);
    }

    private PlannedDropletAction from(LabDroplet droplet, LabImage image, String type) {
        if (!image.regions.contains(droplet.region.slug()))
            throw ApiErrorException.unprocessable("The image is not available in the Droplet's region.");
        if (image.minimumDisk > droplet.disk)
            throw ApiErrorException.unprocessable(
                    "The image needs a disk of " + image.minimumDisk + " GB, the Droplet has " + droplet.disk + " GB.");
        MachineSpec machine = droplet.machine.withImage(image.key);
        List<MachineBreakage> broken = faults.activeBreakages(droplet);
        List<String> addresses = reserved.addressesOf(droplet);
        return new PlannedDropletAction(
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
    private boolean replace(MachineSpec machine, List<MachineBreakage> broken, List<String> addresses)
            throws IOException {
        machines.destroy(machine.id());
        machines.create(machine);
        for (String address : addresses) machines.routeAddress(address, machine.id(), true);
        for (MachineBreakage breakage : broken) breakage.inject(machines, machine.id(), true);
        return true;
    }
}
