package dev.sluice.lab.namespaces;

import dev.sluice.lab.machine.MachineSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One existing machine, on or off: its specification, the layers below its disk, and its process. */
final class NamespaceMachine {
    final MachineSpec machine;
    final List<String> layers;
    final String slot;
    private volatile @Nullable Process process;

    NamespaceMachine(MachineSpec machine, List<String> layers, int slot) {
        this.machine = machine;
        this.layers = layers;
        this.slot = Integer.toString(slot);
    }

    boolean isRunning() {
        return Optional.ofNullable(process).filter(Process::isAlive).isPresent();
    }

    /** Takes over the process of a boot; returns when the machine reports that it is up. */
    void boot(Process started, String log) throws IOException {
        process = started;
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8));
        Thread watchdog = new Thread(() -> endUnlessUp(started), "lab-boot-" + machine.id());
        watchdog.setDaemon(true);
        watchdog.start();
        String line = lines.readLine();
        watchdog.interrupt();
        if (!"up".equals(line)) {
            throw new IOException("Machine %d (%s) did not boot; see %s.".formatted(machine.id(), machine.name(), log));
        }
    }

    private static void endUnlessUp(Process started) {
        try {
            TimeUnit.SECONDS.sleep(20);
            started.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the machine's process ends within the time. */
    boolean awaitEnd(int seconds) throws IOException {
        Process current = process;
        if (current == null) {
            return true;
        }
        try {
            return current.waitFor(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while machine %d was ending.".formatted(machine.id()), interrupted);
        }
    }

    boolean has(String address) {
        return machine.privateAddress().equals(address)
                || machine.publicAddress().equals(address);
    }
}
