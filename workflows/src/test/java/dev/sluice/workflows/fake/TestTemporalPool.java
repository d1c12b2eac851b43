package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lends as many servers as tests run in parallel, since most of a test is waiting. As a JUnit extension it closes
 * itself.
 */
public final class TestTemporalPool implements AutoCloseable, AfterAllCallback {
    /** As junit-platform.properties says. */
    private static final int SIDE_BY_SIDE = 6;

    /** Uses before a server is replaced: the test server searches a growing list of all locks of its clock. */
    private static final int USES = 15;

    /** The worker of a run's next task. */
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

    /** Lends a server; after a failed test and after some uses it is replaced. */
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
