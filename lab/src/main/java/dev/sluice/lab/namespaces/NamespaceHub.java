package dev.sluice.lab.namespaces;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;

/** The namespaces around all machines of a lab; they end with one process. */
public final class NamespaceHub {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LabDirectory directory;
    private final ProcessFile outer;
    private final String disks;
    private final InitSystem init;

    public NamespaceHub(LabDirectory directory) {
        this(directory, System.getenv());
    }

    /** The disks are plain directories if {@code SLUICE_LAB_DISKS} is {@code plain}, or if the kernel allows no other. */
    public NamespaceHub(LabDirectory directory, Map<String, String> environment) {
        this.directory = directory;
        this.init = InitSystem.of(environment);
        this.disks = environment.getOrDefault("SLUICE_LAB_DISKS", "");
        this.outer = new ProcessFile(directory.file("hub.pid"));
    }

    /** Starts the hub unless it runs; returns when machines can be created. */
    public void start() throws IOException {
        if (outer.livePid().isPresent()) {
            return;
        }
        Path ready = directory.file("hub.ready");
        Files.deleteIfExists(ready);
        Process process = builder(
                        List.of("setsid", "sh", directory.script("hub.sh").toString()))
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(directory.file("hub.log").toFile())
                .start();
        outer.write(process.pid());
        for (int tries = 0; tries < 1000 && process.isAlive() && !Files.exists(ready); tries++) {
            ProcessFile.pause();
        }
        if (!Files.exists(ready)) {
            throw new IOException(
                    "The lab's hub did not start: %s It needs user namespaces, and for an ordinary user the package uidmap and a line in /etc/subuid."
                            .formatted(
                                    Files.readString(directory.file("hub.log")).strip()));
        }
        outer.write(process.pid());
    }

    /** Whether the hub runs. */
    public boolean isRunning() throws IOException {
        return outer.livePid().isPresent();
    }

    /** Ends the hub with every machine, mount and link of the lab. */
    public void kill() throws IOException {
        outer.kill();
        Path group = directory.file("group");
        if (!Files.exists(group)) {
            return;
        }
        // The processes ended with the hub; the kernel needs a moment to see that the groups are empty.
        String remove = "for try in 1 2 3 4 5 6 7 8 9 10; do [ -d \"$1\" ] || exit 0;"
                + " find \"$1\" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1; done; [ ! -d \"$1\" ]";
        HostCommand.run(
                List.of("sh", "-c", remove, "sh", Files.readString(group).strip()), PATIENCE);
        Files.delete(group);
    }

    /** The outer id of the process whose namespaces are the lab's: PID 1 of the hub. */
    public long pid() throws IOException {
        long shell = outer.livePid()
                .orElseThrow(() ->
                        new IOException("The lab is not up: its hub does not run. Start it with: ./sluice lab up"));
        String children = Files.readString(Path.of("/proc/" + shell + "/task/" + shell + "/children"));
        StringTokenizer words = new StringTokenizer(children);
        if (!words.hasMoreTokens()) {
            throw new IOException("The lab's hub is about to end. Start the lab again with: ./sluice lab up");
        }
        return Long.parseLong(words.nextToken());
    }

    /** Returns the command line that runs a command inside all of the hub's namespaces. */
    public List<String> enterCommand(List<String> words) throws IOException {
        ArrayList<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid())));
        if (!inside()) {
            all.add("-U");
        }
        all.addAll(List.of("-m", "-n", "-p", "-i", "env", variable()));
        all.addAll(words);
        return List.copyOf(all);
    }

    /** Returns the command line that runs a command with the caller's files and rights in the hub's network. */
    public List<String> enterNetworkCommand(List<String> words) throws IOException {
        ArrayList<String> all = new ArrayList<>(List.of("nsenter", "-t", Long.toString(pid()), "-n"));
        if (!LabDirectory.isRoot() && !inside()) {
            all.addAll(List.of("-U", "--preserve-credentials"));
        }
        all.addAll(words);
        return List.copyOf(all);
    }

    String runMachineScript(String verb, long id, List<String> words) throws IOException {
        return HostCommand.run(enterCommand(machineWords(verb, id, words)), PATIENCE);
    }

    Process start(long id, List<String> words) throws IOException {
        return builder(enterCommand(machineWords("run", id, words)))
                .redirectInput(new File("/dev/null"))
                .redirectError(directory.machine(id).resolve("log").toFile())
                .start();
    }

    private List<String> machineWords(String verb, long id, List<String> words) {
        ArrayList<String> all =
                new ArrayList<>(List.of("sh", directory.script("machine.sh").toString(), verb, Long.toString(id)));
        all.addAll(words);
        return all;
    }

    private ProcessBuilder builder(List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("SLUICE_LAB_DIR", directory.root().toString());
        builder.environment().put("SLUICE_LAB_DISKS", disks);
        builder.environment().put("SLUICE_LAB_INIT", init.word());
        return builder;
    }

    // The kernel refuses to enter the user namespace of the caller.
    private boolean inside() throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
        return own.equals(Files.readSymbolicLink(Path.of("/proc/" + pid() + "/ns/user")));
    }

    private String variable() {
        return "SLUICE_LAB_DIR=" + directory.root();
    }
}
