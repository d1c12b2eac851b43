package dev.sluice.acceptance;

import dev.sluice.acceptance.harness.ClusterTeardown;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.SharedLabExtension;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The last of all: every node goes, the lab goes, and nothing is left that was not there before. */
@ExtendWith(SharedLabExtension.class)
@Order(920)
class NothingLeftIT {
    @Test
    void nothingIsLeftOfAllTheTests(DemoCluster cluster) throws IOException {
        cluster.ensureTemplates();
        ClusterTeardown.assertNothingLeft(cluster);
    }
}
