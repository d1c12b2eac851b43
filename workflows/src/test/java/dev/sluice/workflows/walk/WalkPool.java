package dev.sluice.workflows.walk;

import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.fake.TestTemporalPool;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import java.util.stream.LongStream;

/** Walks seeds side by side; one that fails prints itself: its plan, and all that was called. */
public final class WalkPool implements AutoCloseable {
    private static final int OF = 100;

    /** Those of the first two hundred deploy, publish, withdraw and retire, and are struck by the lab's faults. */
    private static final int OVER_HTTP = 65;

    private final TestTemporalPool benches = new TestTemporalPool();

    /** Whether the walk of that seed goes over the lab's API instead, by the real steps: one in a hundred does. */
    public static boolean isOverHttp(long seed) {
        return seed % OF == OVER_HTTP;
    }

    /** Those seeds, as walks over a world in memory. */
    static LongStream inMemory(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(seed -> !isOverHttp(seed));
    }

    /** Every other walk's worker is replaced at each task. */
    void walk(long seed) throws InterruptedException {
        WorkerMode hand = seed % 2 == 0 ? WorkerMode.STAYS : WorkerMode.IS_REPLACED;
        benches.with(hand, bench -> walk(WalkPlan.of(seed), CloudBackend.inMemory(), bench));
    }

    /** Walks that seed over another ground; the bench has the activities that reach it. */
    public static void walk(long seed, CloudBackend ground, TestTemporal bench) {
        walk(WalkPlan.of(seed).withoutHangs(), ground, bench);
    }

    private static void walk(WalkPlan plan, CloudBackend ground, TestTemporal bench) {
        WalkRunner walk = new WalkRunner(plan, ground, bench);
        try {
            walk.go();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("%s%n%s".formatted(failed.getMessage(), walk.told()), failed);
        }
    }

    @Override
    public void close() {
        benches.close();
    }
}
