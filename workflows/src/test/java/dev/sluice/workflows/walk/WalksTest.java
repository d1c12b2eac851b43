package dev.sluice.workflows.walk;

import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people do at once and whatever breaks: the invariants hold at every step and every last sentence is true. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class WalksTest {
    private WalkPool walks;

    @BeforeAll
    void start() {
        walks = new WalkPool();
    }

    @AfterAll
    void stop() {
        walks.close();
    }

    static LongStream seeds() {
        return WalkPool.inMemory(1, 200);
    }

    @Timeout(120)
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void holdsWhateverHappens(long seed) throws InterruptedException {
        walks.walk(seed);
    }
}
