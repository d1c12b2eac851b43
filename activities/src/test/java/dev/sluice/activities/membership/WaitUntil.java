package dev.sluice.activities.membership;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something to become true, and fails with its name when it does not. */
final class WaitUntil {
    private WaitUntil() {}

    static void within(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within %s: %s".formatted(limit, what));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
