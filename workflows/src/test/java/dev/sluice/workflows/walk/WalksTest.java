package dev.sluice.workflows.walk;

import java.util.stream.LongStream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random walks: the invariants hold at every step, and every report's sentence is true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class WalksTest {
    @RegisterExtension
    final WalkPool walks = new WalkPool();

    static LongStream seeds() {
        return WalkPool.inMemory(1, 200);
    }

    @Timeout(120)
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void invariantsHoldInEveryWalk(long seed) throws InterruptedException {
        walks.walk(seed);
    }
}
