package dev.sluice.activities.cloud;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same, for as long as a machine has a night. */
@Tag("long")
class LongWalksOverHttpTest {
    static LongStream seeds() {
        return WalksOverHttp.seeds(201, 10_000);
    }

    @Timeout(120)
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesHoldOnEachWalk(long seed) throws IOException {
        WalksOverHttp.walk(seed);
    }
}
