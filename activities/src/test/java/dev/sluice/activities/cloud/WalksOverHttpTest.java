package dev.sluice.activities.cloud;

import java.io.IOException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever people do at once and whatever the lab's API breaks: the same invariants hold at every request. */
class WalksOverHttpTest {
    static LongStream seeds() {
        return WalksOverHttp.seeds(1, 200);
    }

    @Timeout(120)
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void promisesHoldOnEachWalk(long seed) throws IOException {
        WalksOverHttp.walk(seed);
    }
}
