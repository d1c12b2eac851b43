package dev.sluice.lab.api;

import dev.sluice.lab.machine.Filter;
import dev.sluice.lab.machine.Machine;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.Machines;
import dev.sluice.lab.machine.Usage;
import dev.sluice.lab.memory.MemoryMachines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Machines in memory that are made and removed only when the test lets them. */
final class GatedMachines implements Machines {
    final Semaphore creates = new Semaphore(0);
    final Semaphore destroys = new Semaphore(0);
    private final MemoryMachines machines = new MemoryMachines();

    @Override
    public void create(Machine machine) throws IOException {
        creates.acquireUninterruptibly();
        machines.create(machine);
    }

    @Override
    public void destroy(long id) {
        destroys.acquireUninterruptibly();
        machines.destroy(id);
    }

    @Override
    public void start(long id) throws IOException {
        machines.start(id);
    }

    @Override
    public void stop(long id) throws IOException {
        machines.stop(id);
    }

    @Override
    public boolean shutdown(long id, int seconds) throws IOException {
        return machines.shutdown(id, seconds);
    }

    @Override
    public void snapshot(long id, String image) throws IOException {
        machines.snapshot(id, image);
    }

    @Override
    public void deleteImage(String image) {
        machines.deleteImage(image);
    }

    @Override
    public List<String> images() {
        return machines.images();
    }

    @Override
    public boolean running(long id) {
        return machines.running(id);
    }

    @Override
    public void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException {
        machines.inject(id, fault, seconds, on);
    }

    @Override
    public void protect(long id, Optional<Filter> filter) throws IOException {
        machines.protect(id, filter);
    }

    @Override
    public void lead(String address, long id, boolean on) throws IOException {
        machines.lead(address, id, on);
    }

    @Override
    public void enlarge(long id, int diskMebibytes) throws IOException {
        machines.enlarge(id, diskMebibytes);
    }

    @Override
    public Optional<Usage> usage(long id) {
        return machines.usage(id);
    }

    @Override
    public void close() {}
}
