package dev.sluice.lab.droplets;

import dev.sluice.lab.account.RegionCatalog;
import dev.sluice.lab.api.ApiErrorException;
import dev.sluice.lab.api.RoutedRequest;
import dev.sluice.lab.fault.DeclaredFaults;
import dev.sluice.lab.fault.MachineBreakage;
import dev.sluice.lab.images.ImageOperations;
import dev.sluice.lab.images.LabImage;
import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

/** The actions that replace a droplet's machine or change its size: rebuild, restore and resize. */
final class RebuildAndResize {
    private final MachineBackend machines;
    private final DropletStore fleet;
    private final ImageOperations images;
    private final DeclaredFaults faults;
    private final DropletOperations.AssociatedAddresses reserved;

    RebuildAndResize(
            MachineBackend machines,
            DropletStore fleet,
            ImageOperations images,
            DeclaredFaults faults,
            DropletOperations.AssociatedAddresses reserved) {
        this.machines = machines;
        this.fleet = fleet;
        this.images = images;
        this.faults = faults;
        this.reserved = reserved;
    }

    /** Boots any image, by id or slug. Addresses, keys and user data stay, and the first boot runs again. */
    PlannedDropletAction rebuild(LabDroplet droplet, RoutedRequest call) {
        LabImage image = images.findReferenced(call.body().path("image"))
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("You specified an invalid image for Droplet rebuild."));
        return from(droplet, image, "rebuild");
    }

    /** Boots a snapshot of this droplet: the lab makes no backups. */
    PlannedDropletAction restore(LabDroplet droplet, RoutedRequest call) {
        LabImage image = images.findReferenced(call.body().path("image"))
                .filter(found -> found.isSnapshotOf(droplet.id()))
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("The image to restore is no snapshot of this Droplet."));
        return from(droplet, image, "restore");
    }

    PlannedDropletAction resize(LabDroplet droplet, RoutedRequest call) {
        RegionCatalog.DropletSize size = RegionCatalog.size(
                        call.body().path("size").asText(""))
                .orElseThrow(
                        () -> ApiErrorException.unprocessable("You specified an invalid size for Droplet resize."));
        if (droplet.isPowered()) {
            throw ApiErrorException.unprocessable("Droplet must be powered off to be resized.");
        }
        if (!size.regions().contains(droplet.region().slug())) {
            throw ApiErrorException.unprocessable("Size is not available in this region.");
        }
        if (size.disk() < droplet.disk()) {
            throw ApiErrorException.unprocessable(
                    "This size's disk of %d GB is smaller than the Droplet's, which has %d GB."
                            .formatted(size.disk(), droplet.disk()));
        }
        int disk = call.isTrue("disk") ? size.disk() : droplet.disk();
        Callable<?> work = () -> {
            if (disk != droplet.disk()) {
                machines.resizeDisk(droplet.id(), disk * 1024);
            }
            return true;
        };
        return new PlannedDropletAction("resize", work, () -> droplet.resize(size, disk), droplet.image());
    }

    private PlannedDropletAction from(LabDroplet droplet, LabImage image, String type) {
        if (!image.isIn(droplet.region())) {
            throw ApiErrorException.unprocessable("The image is not available in the Droplet's region.");
        }
        if (image.minimumDisk() > droplet.disk()) {
            throw ApiErrorException.unprocessable("The image needs a disk of %d GB, the Droplet has %d GB."
                    .formatted(image.minimumDisk(), droplet.disk()));
        }
        MachineSpec machine = droplet.machine().withImage(image.key());
        List<MachineBreakage> broken = faults.activeBreakages(droplet.id());
        List<String> addresses = reserved.addressesOf(droplet);
        return new PlannedDropletAction(
                type,
                () -> replace(machine, broken, addresses),
                () -> {
                    droplet.replaceMachine(image, machine);
                    fleet.replaced(droplet);
                },
                image);
    }

    // Addresses and faults of the old machine hold for the new one; its firewalls follow once it exists.
    private boolean replace(MachineSpec machine, List<MachineBreakage> broken, List<String> addresses)
            throws IOException {
        machines.destroy(machine.id());
        machines.create(machine);
        for (String address : addresses) {
            machines.routeAddress(address, machine.id(), true);
        }
        for (MachineBreakage breakage : broken) {
            breakage.inject(machines, machine.id());
        }
        return true;
    }
}
