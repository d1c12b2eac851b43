package dev.sluice.lab.api;

import dev.sluice.lab.machine.MachineFault;
import dev.sluice.lab.machine.Machines;
import java.io.IOException;

/** What is to go wrong on a machine, with its seconds. */
record Breakage(MachineFault fault, int seconds) {
    void of(Machines machines, long id, boolean on) throws IOException {
        machines.inject(id, fault, seconds, on);
    }
}
