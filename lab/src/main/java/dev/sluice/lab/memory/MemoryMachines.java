package dev.sluice.lab.memory;

import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.machine.MachineUsage;
import dev.sluice.lab.machine.PacketFilter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Machines in memory: they keep power, images, faults and a journal of all calls, but run nothing. */
public final class MemoryMachines implements MachineBackend {
    private static final String BASE = "debian-12-x64";

    private static final class MachineState {
        private final MachineSpec machine;
        private final Set<MachineFault> faults = EnumSet.noneOf(MachineFault.class);
        private final Set<String> addresses = new LinkedHashSet<>();
        private Optional<PacketFilter> filter = Optional.empty();
        private boolean running = true;

        private MachineState(MachineSpec machine) {
            this.machine = machine;
        }
    }

    private final Map<Long, MachineState> machines = new LinkedHashMap<>();
    private final Set<String> images = new LinkedHashSet<>(List.of(BASE));
    private final List<String> journal = new ArrayList<>();
    private @Nullable String failing;
    private @Nullable MachineFault refused;

    @Override
    public synchronized void create(MachineSpec machine) throws IOException {
        note("create " + machine.name());
        if (failing != null && machine.name().contains(failing)) {
            throw new IOException("Machine %s does not boot: the test lets it fail.".formatted(machine.name()));
        }
        if (!images.contains(machine.image())) {
            throw new IOException(
                    "Machine %s cannot boot: there is no image %s.".formatted(machine.name(), machine.image()));
        }
        if (machines.putIfAbsent(machine.id(), new MachineState(machine)) != null) {
            throw new IOException("The machine %d exists already.".formatted(machine.id()));
        }
    }

    @Override
    public synchronized void start(long id) throws IOException {
        note("start " + id);
        requireMachine(id).running = true;
    }

    @Override
    public synchronized void stop(long id) throws IOException {
        note("stop " + id);
        requireMachine(id).running = false;
    }

    /** Fails for a machine whose processes are stopped. */
    @Override
    public synchronized boolean shutdown(long id, int seconds) throws IOException {
        note("shutdown " + id);
        MachineState state = requireMachine(id);
        if (state.faults.contains(MachineFault.SSH_FROZEN)) {
            return false;
        }
        state.running = false;
        return true;
    }

    @Override
    public synchronized void destroy(long id) {
        note("destroy " + id);
        machines.remove(id);
    }

    @Override
    public synchronized void snapshot(long id, String image) throws IOException {
        note("snapshot %d %s".formatted(id, image));
        requireMachine(id);
        images.add(image);
    }

    @Override
    public synchronized void deleteImage(String image) {
        note("delete image " + image);
        images.remove(image);
    }

    @Override
    public List<String> baseImages() {
        return List.of(BASE);
    }

    @Override
    public synchronized boolean isRunning(long id) {
        MachineState state = machines.get(id);
        return state != null && state.running && !state.faults.contains(MachineFault.OFF);
    }

    @Override
    public synchronized void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException {
        note("inject %s %s %d".formatted(fault.word(), on, id));
        if (on && fault == refused) {
            throw new IOException("Machine %d does not take %s.".formatted(id, fault.word()));
        }
        Set<MachineFault> faults = requireMachine(id).faults;
        if (on) {
            faults.add(fault);
        } else {
            faults.remove(fault);
        }
    }

    @Override
    public synchronized void applyFilter(long id, Optional<PacketFilter> filter) throws IOException {
        note("protect " + id);
        requireMachine(id).filter = filter;
    }

    @Override
    public synchronized void routeAddress(String address, long id, boolean on) throws IOException {
        note("lead %s %s %d".formatted(address, on, id));
        Set<String> addresses = requireMachine(id).addresses;
        if (on) {
            addresses.add(address);
        } else {
            addresses.remove(address);
        }
    }

    @Override
    public synchronized void resizeDisk(long id, int diskMebibytes) throws IOException {
        note("enlarge %d %d".formatted(id, diskMebibytes));
        requireMachine(id);
    }

    /** Returns empty: these machines run nothing. */
    @Override
    public Optional<MachineUsage> usage(long id) {
        return Optional.empty();
    }

    /** Whether a TCP connection from one machine would reach a port of another, past the filters of both. */
    public synchronized boolean connects(long from, String address, int port) throws IOException {
        MachineState sender = requireMachine(from);
        Optional<MachineState> receiver = machines.values().stream()
                .filter(state -> state.machine.privateAddress().equals(address)
                        || state.machine.publicAddress().equals(address)
                        || state.addresses.contains(address))
                .findFirst();
        if (receiver.isEmpty() || !isRunning(receiver.get().machine.id())) {
            return false;
        }
        return sender.filter
                        .map(filter -> filter.allowsOutbound("tcp", port, address))
                        .orElse(true)
                && receiver.get()
                        .filter
                        .map(filter -> filter.allowsInbound("tcp", port, sender.machine.privateAddress()))
                        .orElse(true);
    }

    /** Lets every machine refuse this fault from now on. */
    public synchronized void refuseFault(MachineFault fault) {
        refused = fault;
    }

    /** Lets machines whose name contains this text fail to boot from now on. */
    public synchronized void failCreates(String name) {
        failing = name;
    }

    /** The faults in force on a machine. */
    public synchronized Set<MachineFault> faults(long id) {
        MachineState state = machines.get(id);
        return state == null ? Set.of() : Set.copyOf(state.faults);
    }

    /** The specifications of all machines. */
    public synchronized List<MachineSpec> machines() {
        return machines.values().stream().map(state -> state.machine).toList();
    }

    /** All calls, oldest first, such as {@code start 540000001}. */
    public synchronized List<String> journal() {
        return List.copyOf(journal);
    }

    @Override
    public void close() {}

    private void note(String line) {
        journal.add(line);
    }

    private MachineState requireMachine(long id) throws IOException {
        MachineState state = machines.get(id);
        if (state == null) {
            throw new IOException("There is no machine %d.".formatted(id));
        }
        return state;
    }
}
