package dev.sluice.lab.namespaces;

import dev.sluice.lab.machine.MachineSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** A hub for one test class, with machines that accept its SSH key. */
public final class TestNamespaceHub implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final AtomicLong IDS = new AtomicLong(540_000_000L);

    final LabDirectory directory;
    final NamespaceHub hub;
    public final NamespaceMachines machines;
    private final Path key;

    public TestNamespaceHub(String name) throws IOException {
        this(name, System.getenv());
    }

    TestNamespaceHub(String name, Map<String, String> environment) throws IOException {
        directory = new LabDirectory(
                Path.of("/var/tmp/sluice-it-" + ProcessHandle.current().pid() + name));
        directory.prepare();
        BaseImage image = new BaseImage(directory, environment);
        image.build();
        hub = new NamespaceHub(directory, environment);
        hub.start();
        image.unpack(hub);
        machines = new NamespaceMachines(directory, hub);
        key = directory.file("key");
        HostCommand.run(List.of("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString()), PATIENCE);
    }

    /** A machine that has booted and answers SSH. */
    MachineSpec machine(int host, String image, String userData) throws IOException {
        MachineSpec machine = fresh(host, image, userData);
        await(machine);
        return machine;
    }

    /** A machine whose creation has just ended. */
    MachineSpec fresh(int host, String image, String userData) throws IOException {
        long id = IDS.incrementAndGet();
        MachineSpec machine = new MachineSpec(
                id,
                "web" + host,
                image,
                "10.77.0." + host,
                "198.18.0." + host,
                List.of(Files.readString(key.resolveSibling("key.pub")).strip()),
                userData,
                List.of(),
                "fra1",
                1024);
        machines.create(machine);
        return machine;
    }

    /** Polls for the SSH banner. */
    void await(MachineSpec machine) throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            if (ssh(machine, "true").code() == 0) {
                return;
            }
        }
        throw new AssertionError("Machine %s did not answer SSH.".formatted(machine.name()));
    }

    HostCommand.CommandOutcome ssh(MachineSpec machine, String words) throws IOException {
        return network(
                "ssh",
                "-i",
                key.toString(),
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-o",
                "BatchMode=yes",
                "-o",
                "ConnectTimeout=2",
                "root@" + machine.privateAddress(),
                words);
    }

    String sshOutput(MachineSpec machine, String words) throws IOException {
        HostCommand.CommandOutcome outcome = ssh(machine, words);
        if (outcome.code() != 0) {
            throw new AssertionError("%s ended with %d: %s".formatted(words, outcome.code(), outcome.errors()));
        }
        return outcome.output().strip();
    }

    /** Runs a command in the hub's network with the caller's rights, as a worker runs. */
    HostCommand.CommandOutcome network(String... words) throws IOException {
        return HostCommand.attempt(hub.enterNetworkCommand(List.of(words)), PATIENCE);
    }

    @Override
    public void close() throws IOException {
        machines.close();
        hub.kill();
        HostCommand.run(
                List.of(
                        "sh",
                        directory.script("userns.sh").toString(),
                        "rm",
                        "-rf",
                        directory.machines().toString(),
                        directory.images().toString()),
                PATIENCE);
        HostCommand.run(List.of("rm", "-rf", directory.root().toString()), PATIENCE);
    }
}
