package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** As many pool as tests run side by side: most of a test is waiting. */
public final class TestTemporalPool implements AutoCloseable, AfterAllCallback {
    /** As junit-platform.properties says. */
    private static final int SIDE_BY_SIDE = 6;

    /** The test server searches a list of all locks of its clock, which only grows; a new one costs a moment. */
    private static final int USES = 15;

    /** Who does the next task of a run. */
    public enum WorkerMode {
        STAYS,
        IS_REPLACED
    }

    private record LentTemporal(TestTemporal temporal, int uses) {}

    private final Map<WorkerMode, BlockingQueue<LentTemporal>> free = new EnumMap<>(WorkerMode.class);

    public TestTemporalPool() {
        for (WorkerMode mode : WorkerMode.values()) {
            BlockingQueue<LentTemporal> some = new LinkedBlockingQueue<>();
            for (int count = 0; count < SIDE_BY_SIDE / WorkerMode.values().length; count++) {
                some.add(new LentTemporal(newTemporal(mode), 0));
            }
            free.put(mode, some);
        }
    }

    private static TestTemporal newTemporal(WorkerMode mode) {
        return switch (mode) {
            case STAYS -> new TestTemporal();
            case IS_REPLACED -> TestTemporal.whoseWorkerIsReplaced();
        };
    }

    /** Lends a temporal; after a test that failed on it, and after some, it is a new one. */
    public void with(WorkerMode mode, Consumer<TestTemporal> test) throws InterruptedException {
        LentTemporal lent = requireNonNull(free.get(mode)).take();
        boolean good = false;
        try {
            test.accept(lent.temporal());
            good = true;
        } finally {
            requireNonNull(free.get(mode))
                    .add(
                            good && lent.uses() < USES
                                    ? new LentTemporal(lent.temporal(), lent.uses() + 1)
                                    : renewed(mode, lent.temporal()));
        }
    }

    private static LentTemporal renewed(WorkerMode mode, TestTemporal old) {
        old.close();
        return new LentTemporal(newTemporal(mode), 0);
    }

    @Override
    public void afterAll(ExtensionContext tests) {
        close();
    }

    @Override
    public void close() {
        free.values().forEach(some -> some.forEach(used -> used.temporal().close()));
    }
}
