package dev.sluice.lab.namespaces;

import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.MachineSpec;
import dev.sluice.lab.machine.MachineUsage;
import dev.sluice.lab.machine.PacketFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Machines with real userlands, one set of Linux namespaces each, inside a hub. Their disks are in memory. */
public final class NamespaceMachines implements MachineBackend {
    private static final int END_SECONDS = 10;

    private final LabDirectory directory;
    private final NamespaceHub hub;
    private final ImageLayers layers;
    private final ProviderData provider;
    private final Map<Long, NamespaceMachine> guests = new ConcurrentHashMap<>();
    private final AtomicInteger slots = new AtomicInteger();

    /** Machines of a running hub with an unpacked base image. */
    public NamespaceMachines(LabDirectory directory, NamespaceHub hub) throws IOException {
        this.provider = ProviderData.of(System.getenv());
        this.directory = directory;
        this.hub = hub;
        this.layers = new ImageLayers(directory.images());
    }

    @Override
    public void create(MachineSpec machine) throws IOException {
        NamespaceMachine guest =
                new NamespaceMachine(machine, layers.layersOf(machine.image()), slots.incrementAndGet());
        if (guests.putIfAbsent(machine.id(), guest) != null) {
            throw new IOException("The machine %d exists already; ids are never reused.".formatted(machine.id()));
        }
        try {
            seed(machine);
            boot(guest);
        } catch (IOException failure) {
            destroy(machine.id());
            throw failure;
        }
    }

    @Override
    public void start(long id) throws IOException {
        NamespaceMachine guest = guest(id);
        if (!guest.isRunning()) {
            boot(guest);
        }
    }

    @Override
    public void stop(long id) throws IOException {
        NamespaceMachine guest = guest(id);
        hub.runMachineScript("kill", id, List.of(guest.slot));
        awaitEnd(guest);
    }

    @Override
    public boolean shutdown(long id, int seconds) throws IOException {
        NamespaceMachine guest = guest(id);
        if (!guest.isRunning()) {
            return true;
        }
        hub.runMachineScript("ask", id, List.of());
        return guest.awaitEnd(seconds);
    }

    @Override
    public void destroy(long id) throws IOException {
        NamespaceMachine guest = guests.get(id);
        if (guest == null) {
            return;
        }
        hub.runMachineScript("remove", id, List.of(guest.slot));
        awaitEnd(guest);
        guests.remove(id);
        sweep();
    }

    @Override
    public void snapshot(long id, String image) throws IOException {
        NamespaceMachine guest = guest(id);
        String layer = layers.next();
        String path = layers.path(layer).toString();
        if (ImageLayers.tooLong(guest.layers)) {
            hub.runMachineScript("flatten", id, List.of(layers.lower(guest.layers), path));
        } else {
            hub.runMachineScript("snapshot", id, List.of(path));
        }
        layers.add(image, layer, guest.layers);
    }

    @Override
    public void deleteImage(String image) throws IOException {
        layers.forget(image);
        sweep();
    }

    @Override
    public List<String> baseImages() {
        return List.of(BaseImage.KEY);
    }

    @Override
    public boolean isRunning(long id) {
        return Optional.ofNullable(guests.get(id))
                .filter(NamespaceMachine::isRunning)
                .isPresent();
    }

    @Override
    public void inject(long id, MachineFault fault, int seconds, boolean on) throws IOException {
        if (fault == MachineFault.OFF) {
            if (on) {
                stop(id);
            } else {
                start(id);
            }
            return;
        }
        guest(id);
        hub.runMachineScript("fault", id, List.of(fault.word(), on ? "on" : "off", Integer.toString(seconds)));
    }

    @Override
    public void applyFilter(long id, Optional<PacketFilter> filter) throws IOException {
        FilterRules rules = new FilterRules(guest(id).slot);
        Path home = directory.machine(id);
        directory.giveToMachines(Files.writeString(home.resolve("open.nft"), rules.open()));
        directory.giveToMachines(Files.writeString(
                home.resolve("filter.nft"), filter.map(rules::text).orElseGet(rules::open)));
        hub.runMachineScript("filter", id, List.of());
    }

    @Override
    public void routeAddress(String address, long id, boolean on) throws IOException {
        hub.runMachineScript("lead", id, List.of(guest(id).slot, address, on ? "on" : "off"));
    }

    @Override
    public void resizeDisk(long id, int diskMebibytes) throws IOException {
        hub.runMachineScript("enlarge", guest(id).machine.id(), List.of(Long.toString(diskMebibytes * 1024L)));
    }

    @Override
    public Optional<MachineUsage> usage(long id) throws IOException {
        if (!guest(id).isRunning()) {
            return Optional.empty();
        }
        return Optional.of(UsageText.read(hub.runMachineScript("usage", id, List.of(guest(id).slot))));
    }

    /** Runs a command inside the machine without SSH: for tests, and for inspecting a broken machine. */
    public HostCommand.CommandOutcome runInside(long id, List<String> words) throws IOException {
        ArrayList<String> all =
                new ArrayList<>(List.of("sh", directory.script("machine.sh").toString(), "inside", Long.toString(id)));
        all.addAll(words);
        return HostCommand.attempt(hub.enterCommand(all), Duration.ofSeconds(20));
    }

    String vendorData() {
        return provider.vendorData();
    }

    /** Finds the machine with the address, private or public. */
    Optional<MachineSpec> findByAddress(String address) {
        return guests.values().stream()
                .filter(guest -> guest.has(address))
                .map(guest -> guest.machine)
                .findFirst();
    }

    @Override
    public void close() throws IOException {
        for (long id : List.copyOf(guests.keySet())) {
            destroy(id);
        }
    }

    private NamespaceMachine guest(long id) throws IOException {
        return Optional.ofNullable(guests.get(id))
                .orElseThrow(() -> new IOException("There is no machine %d in the lab.".formatted(id)));
    }

    private void boot(NamespaceMachine guest) throws IOException {
        MachineSpec machine = guest.machine;
        Process process = hub.start(
                machine.id(),
                List.of(
                        guest.slot,
                        layers.lower(guest.layers),
                        machine.privateAddress(),
                        machine.publicAddress(),
                        Long.toString(machine.diskMebibytes() * 1024L)));
        guest.boot(process, directory.machine(machine.id()).resolve("log").toString());
    }

    private static void awaitEnd(NamespaceMachine guest) throws IOException {
        if (!guest.awaitEnd(END_SECONDS)) {
            throw new IOException(
                    "Machine %d still runs %d s after its power was cut.".formatted(guest.machine.id(), END_SECONDS));
        }
    }

    private void seed(MachineSpec machine) throws IOException {
        Path home = Files.createDirectories(directory.machine(machine.id()));
        directory.giveToMachines(home);
        Path seed = Files.createDirectories(home.resolve("seed"));
        directory.giveToMachines(seed);
        Files.setPosixFilePermissions(seed, PosixFilePermissions.fromString("rwx------"));
        Map<String, String> texts = Map.of(
                "instance-id", machine.id() + "\n",
                "hostname", machine.name() + "\n",
                "public-keys", String.join("\n", machine.sshKeys()) + "\n",
                "user-data", machine.userData(),
                "vendor-data", provider.vendorData(),
                "config-seconds", provider.configSecondsOf(machine.name()) + "\n");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Path file = Files.writeString(seed.resolve(text.getKey()), text.getValue());
            directory.giveToMachines(file);
        }
    }

    private void sweep() throws IOException {
        Set<String> inUse = new HashSet<>();
        guests.values().forEach(guest -> inUse.addAll(guest.layers));
        for (Path layer : layers.removeUnused(inUse)) {
            HostCommand.run(hub.enterCommand(List.of("rm", "-rf", layer.toString())), Duration.ofMinutes(1));
        }
    }
}
