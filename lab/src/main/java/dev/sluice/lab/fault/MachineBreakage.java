package dev.sluice.lab.fault;

import dev.sluice.lab.machine.MachineBackend;
import dev.sluice.lab.machine.MachineFault;
import java.io.IOException;

/** A fault of a machine with its seconds. */
public record MachineBreakage(MachineFault fault, int seconds) {
    public void inject(MachineBackend machines, long id) throws IOException {
        machines.inject(id, fault, seconds, true);
    }

    public void repair(MachineBackend machines, long id) throws IOException {
        machines.inject(id, fault, seconds, false);
    }
}
