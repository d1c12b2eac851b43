package dev.sluice.lab.cloud;

import dev.sluice.lab.account.LabSettings;
import dev.sluice.lab.memory.MemoryMachines;
import dev.sluice.lab.memory.VirtualClock;

/** The contracts of the API with machines in memory and virtual time. */
final class MemoryLabApiTest extends LabApiContract {
    @Override
    public TestLab open(LabSettings settings) {
        VirtualClock clock = new VirtualClock(TestLab.START);
        MemoryMachines machines = new MemoryMachines();
        return new TestLab(new LabCloud(machines, clock, settings, Runnable::run), clock::advance, machines::connects);
    }

    @Override
    public boolean isUsed() {
        return false;
    }
}
