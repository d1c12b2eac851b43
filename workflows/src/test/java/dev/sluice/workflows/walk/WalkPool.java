package dev.sluice.workflows.walk;

import dev.sluice.workflows.fake.CloudBackend;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.fake.TestTemporalPool;
import dev.sluice.workflows.fake.TestTemporalPool.WorkerMode;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Walks seeds in parallel; a failed walk prints its plan and all calls. */
public final class WalkPool implements AutoCloseable, AfterAllCallback {
    private static final int OF = 100;

    /** Of the first two hundred, these deploy, publish, withdraw and retire, with faults of the lab. */
    private static final int OVER_HTTP = 65;

    private final TestTemporalPool pool = new TestTemporalPool();

    /** Whether that seed's walk uses the lab's API and the real steps: one in a hundred does. */
    public static boolean isOverHttp(long seed) {
        return seed % OF == OVER_HTTP;
    }

    /** Returns the seeds that walk over a world in memory. */
    static LongStream inMemory(long first, long last) {
        return LongStream.rangeClosed(first, last).filter(seed -> !isOverHttp(seed));
    }

    /** Every other walk's worker is replaced at each task. */
    void walk(long seed) throws InterruptedException {
        WorkerMode mode = seed % 2 == 0 ? WorkerMode.STAYS : WorkerMode.IS_REPLACED;
        pool.with(mode, temporal -> walk(WalkPlan.of(seed), CloudBackend.inMemory(), temporal));
    }

    /** Walks the seed over another backend, whose activities the given Temporal has. */
    public static void walk(long seed, CloudBackend backend, TestTemporal temporal) {
        walk(WalkPlan.of(seed).withoutHangs(), backend, temporal);
    }

    private static void walk(WalkPlan plan, CloudBackend backend, TestTemporal temporal) {
        WalkRunner walk = new WalkRunner(plan, backend, temporal);
        try {
            walk.go();
        } catch (AssertionError | RuntimeException failed) {
            throw new AssertionError("%s%n%s".formatted(failed.getMessage(), walk.told()), failed);
        }
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        pool.close();
    }
}
