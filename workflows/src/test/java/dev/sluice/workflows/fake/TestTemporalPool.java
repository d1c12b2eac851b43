package dev.sluice.workflows.fake;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/** As many benches as tests run side by side: most of a test is waiting. */
public final class TestTemporalPool implements AutoCloseable {
    /** As junit-platform.properties says. */
    private static final int SIDE_BY_SIDE = 6;

    /** The test server searches a list of all locks of its clock, which only grows; a new one costs a moment. */
    private static final int USES = 15;

    /** Who does the next task of a run. */
    public enum WorkerMode {
        STAYS,
        IS_REPLACED
    }

    private record LentTemporal(TestTemporal bench, int uses) {}

    private final Map<WorkerMode, BlockingQueue<LentTemporal>> free = new EnumMap<>(WorkerMode.class);

    public TestTemporalPool() {
        for (WorkerMode hand : WorkerMode.values()) {
            BlockingQueue<LentTemporal> some = new LinkedBlockingQueue<>();
            for (int count = 0; count < SIDE_BY_SIDE / WorkerMode.values().length; count++) {
                some.add(new LentTemporal(bench(hand), 0));
            }
            free.put(hand, some);
        }
    }

    private static TestTemporal bench(WorkerMode hand) {
        return switch (hand) {
            case STAYS -> new TestTemporal();
            case IS_REPLACED -> TestTemporal.whoseWorkerIsReplaced();
        };
    }

    /** Lends a bench; after a test that failed on it, and after some, it is a new one. */
    public void with(WorkerMode hand, Consumer<TestTemporal> test) throws InterruptedException {
        LentTemporal lent = requireNonNull(free.get(hand)).take();
        boolean good = false;
        try {
            test.accept(lent.bench());
            good = true;
        } finally {
            requireNonNull(free.get(hand))
                    .add(
                            good && lent.uses() < USES
                                    ? new LentTemporal(lent.bench(), lent.uses() + 1)
                                    : renewed(hand, lent.bench()));
        }
    }

    private static LentTemporal renewed(WorkerMode hand, TestTemporal old) {
        old.close();
        return new LentTemporal(bench(hand), 0);
    }

    @Override
    public void close() {
        free.values().forEach(some -> some.forEach(used -> used.bench().close()));
    }
}
