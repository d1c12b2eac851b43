package dev.sluice.lab.api;

import dev.sluice.lab.memory.MemoryMachines;

/** The API over machines in memory, with time in the test's hands. */
final class MemoryLabApiTest extends LabApiContract {
    @Override
    public TestLab open(LabSettings settings) {
        var clock = new TestClock();
        return new TestLab(new MemoryMachines(), clock, settings, clock::pass);
    }
}
