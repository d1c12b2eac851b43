package dev.sluice.lab.droplets;

import dev.sluice.lab.account.ActionLog;
import dev.sluice.lab.account.DeferredWork;
import dev.sluice.lab.account.LabRuntime;
import dev.sluice.lab.account.VisibilityDelays;
import dev.sluice.lab.api.LabLog;
import dev.sluice.lab.fault.DeclaredFaults;
import dev.sluice.lab.fault.MachineBreakage;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.tags.TagOperations;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Makes and removes droplets with their machines, and breaks or repairs the machines in between. */
final class DropletProvisioning {
    private final AddressPool addresses = new AddressPool();
    private final LabRuntime runtime;
    private final DropletStore fleet;
    private final TagOperations tags;
    private final DeclaredFaults faults;
    private long nextId = 540_000_001;

    DropletProvisioning(LabRuntime runtime, DropletStore fleet, TagOperations tags, DeclaredFaults faults) {
        this.runtime = runtime;
        this.fleet = fleet;
        this.tags = tags;
        this.faults = faults;
    }

    LabDroplet place(DropletCreateRequest order, String name) {
        LabDroplet droplet = new LabDroplet(nextId++, name, order, addresses.take(), runtime.now());
        fleet.add(droplet);
        droplet.hide();
        VisibilityDelays delays = runtime.settings().delays();
        runtime.after(delays.list(), droplet::show);
        // DigitalOcean tags a droplet after it is created, so that it may be listed before its tags are.
        runtime.after(delays.tag(), () -> droplet.tags().addAll(tags.add(order.tags())));
        return droplet;
    }

    ActionLog.LabAction boot(LabDroplet droplet) {
        ActionLog.LabAction action = runtime.actions().begin("create", droplet.id(), "droplet", droplet.region());
        MachineSpec machine = droplet.machine();
        List<MachineBreakage> broken = faults.strikeNewDroplet(droplet.id(), droplet.name());
        submit(
                droplet,
                runtime.actionTime(),
                () -> boot(machine, broken),
                failure -> endFirstBoot(droplet, action, failure));
        droplet.image().addUser(runtime.works().lastWorkOf(droplet.id()));
        return action;
    }

    private boolean boot(MachineSpec machine, List<MachineBreakage> broken) throws IOException {
        runtime.machines().create(machine);
        for (MachineBreakage breakage : broken) {
            breakage.inject(runtime.machines(), machine.id());
        }
        return true;
    }

    // A creation can fail after its 202: the droplet is removed then.
    private void endFirstBoot(LabDroplet droplet, ActionLog.LabAction action, @Nullable Exception failure) {
        runtime.actions().end(action, failure);
        droplet.endFirstBoot(failure == null);
        runtime.after(runtime.settings().delays().address(), droplet::showAddresses);
        if (failure == null) {
            return;
        }
        LabLog.failure("boot droplet " + droplet.name(), failure);
        remove(droplet, ignored -> {});
    }

    /** Removes a droplet; its address stays taken until the machine is destroyed, which {@code end} is notified of. */
    void remove(LabDroplet droplet, DeferredWork.CompletionEffect end) {
        fleet.remove(droplet);
        int shown = runtime.settings().delays().delete();
        if (shown > 0) {
            fleet.addGhost(droplet);
            runtime.after(shown, () -> fleet.removeGhost(droplet));
        }
        ActionLog.LabAction action = runtime.actions().begin("destroy", droplet.id(), "droplet", droplet.region());
        Callable<?> work = () -> {
            runtime.machines().destroy(droplet.id());
            return true;
        };
        submit(droplet, Duration.ZERO, work, failure -> {
            LabLog.failure("destroy droplet " + droplet.name(), failure);
            runtime.actions().end(action, failure);
            addresses.free(droplet.address());
            runtime.works().forget(droplet.id());
            end.apply(failure);
        });
    }

    /** Injects a fault of machines into those that exist. */
    void inject(DeclaredFaults.DeclaredFault planned, MachineBreakage breakage) {
        for (LabDroplet droplet : fleet.all()) {
            if (planned.strikesMachine(droplet.id(), droplet.name())) {
                planned.addInjection(change(droplet, breakage, () -> {
                    breakage.inject(runtime.machines(), droplet.id());
                    return true;
                }));
            }
        }
    }

    /** Ends a fault on the machines that it broke. */
    void repair(DeclaredFaults.DeclaredFault planned, MachineBreakage breakage) {
        for (long id : planned.broken()) {
            fleet.find(id)
                    .ifPresent(droplet -> planned.addInjection(change(droplet, breakage, () -> {
                        breakage.repair(runtime.machines(), id);
                        return true;
                    })));
        }
    }

    private CompletableFuture<@Nullable Exception> change(
            LabDroplet droplet, MachineBreakage breakage, Callable<?> work) {
        submit(
                droplet,
                Duration.ZERO,
                work,
                failure -> LabLog.failure("inject or repair " + breakage.fault().word(), failure));
        return runtime.works().lastWorkOf(droplet.id());
    }

    private void submit(LabDroplet droplet, Duration least, Callable<?> work, DeferredWork.CompletionEffect effect) {
        runtime.works().submit(droplet.id(), least, work, effect);
    }
}
