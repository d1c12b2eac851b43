package dev.sluice.activities.node;

import dev.sluice.activities.heartbeat.Heartbeats;
import dev.sluice.workflows.model.FailureType;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a node that is still on its way: asks again at once, for a while, when it fails in an expected way. */
final class Arrival {
    private static final Duration PAUSE = Duration.ofMillis(60);

    private final Heartbeats beats;
    private final long deadline;
    private final List<String> expected;

    private Arrival(Heartbeats beats, long deadline, List<String> expected) {
        this.beats = beats;
        this.deadline = deadline;
        this.expected = expected;
    }

    static Arrival of(Heartbeats beats, Duration limit, FailureType... expected) {
        List<String> types = List.of(expected).stream().map(FailureType::name).toList();
        return new Arrival(beats, System.nanoTime() + limit.toNanos(), types);
    }

    /** The first answer; fails with what the last try failed with. */
    <T> T await(Supplier<T> asked) {
        while (true) {
            try {
                return asked.get();
            } catch (ApplicationFailure failure) {
                if (!expected.contains(failure.getType()) || System.nanoTime() > deadline) {
                    throw failure;
                }
                beats.during(PAUSE.plusSeconds(1));
                LockSupport.parkNanos(PAUSE.toNanos());
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }
}
