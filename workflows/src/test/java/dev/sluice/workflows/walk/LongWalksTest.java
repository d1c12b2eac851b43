package dev.sluice.workflows.walk;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many more random walks, for a nightly run; {@code -Dwalks.first=3001 -Dwalks.last=4000} walks some of them, so that a run
 * that was cut off can go on.
 */
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class LongWalksTest {
    private static final int PROGRESS = 100;

    private final AtomicInteger ended = new AtomicInteger();

    @RegisterExtension
    final WalkPool walks = new WalkPool();

    static LongStream seeds() {
        return WalkPool.inMemory(Long.getLong("walks.first", 201), Long.getLong("walks.last", 10_000));
    }

    @Timeout(120)
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void invariantsHoldInEveryWalk(long seed) throws InterruptedException {
        walks.walk(seed);
        int all = ended.incrementAndGet();
        if (all % PROGRESS == 0) {
            System.out.printf("%d walks held; %s%n", all, WalkDisturbances.COUNTS);
        }
    }
}
