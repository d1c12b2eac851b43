package dev.sluice.lab.cloud;

import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.machine.MachineUsage;
import dev.sluice.lab.machine.PacketFilter;
import dev.sluice.lab.memory.MemoryMachines;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/** Machines in memory that are created and destroyed only with the test's permits. */
final class GatedMachines implements MachineBackend {
    final Semaphore creates = new Semaphore(0);
    final Semaphore destroys = new Semaphore(0);
    private final MemoryMachines machines = new MemoryMachines();

    @Override
    public void create(MachineSpec machine) throws IOException {
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
    public List<String> baseImages() {
        return machines.baseImages();
    }

    @Override
    public boolean isRunning(long id) {
        return machines.isRunning(id);
    }

    @Override
    public void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException {
        machines.inject(id, fault, seconds, on);
    }

    @Override
    public void applyFilter(long id, Optional<PacketFilter> filter) throws IOException {
        machines.applyFilter(id, filter);
    }

    @Override
    public void routeAddress(String address, long id, boolean on) throws IOException {
        machines.routeAddress(address, id, on);
    }

    @Override
    public void resizeDisk(long id, int diskMebibytes) throws IOException {
        machines.resizeDisk(id, diskMebibytes);
    }

    @Override
    public Optional<MachineUsage> usage(long id) {
        return machines.usage(id);
    }

    @Override
    public void close() {}
}
