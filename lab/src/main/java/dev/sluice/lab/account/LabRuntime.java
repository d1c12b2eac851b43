package dev.sluice.lab.account;

import dev.sluice.lab.machine.MachineBackend;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The parts that every resource works with: machines, deferred work, the log of actions, clock and settings. */
public record LabRuntime(
        MachineBackend machines, DeferredWork works, ActionLog actions, Clock clock, LabSettings settings) {
    public Instant now() {
        return clock.instant();
    }

    /** The least time that an action takes. */
    public Duration actionTime() {
        return Duration.ofMillis(settings.delays().action());
    }

    /** Applies the effect after so many milliseconds, or at once for 0. */
    public void after(int millis, Runnable effect) {
        if (millis == 0) {
            effect.run();
        } else {
            works.schedule(Duration.ofMillis(millis), ignored -> effect.run());
        }
    }
}
