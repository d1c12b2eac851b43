package dev.sluice.acceptance;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last of all: every node goes, the lab goes, and nothing is left that was not there before. */
@ExtendWith(WithLab.class)
class ZNothingIsLeftIT {
    @Test
    void nothingIsLeftOfAllTheTests(Cluster cluster) throws IOException {
        cluster.templates();
        TakenDown.nothingIsLeftOf(cluster);
    }
}
