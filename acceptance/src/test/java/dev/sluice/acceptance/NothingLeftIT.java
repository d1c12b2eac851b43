package dev.sluice.acceptance;

import dev.sluice.acceptance.harness.ClusterTeardown;
import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.SharedLabExtension;
import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs last: removes every node and the lab, and checks that nothing remains. */
@ExtendWith(SharedLabExtension.class)
@Order(920)
class NothingLeftIT {
    @Test
    void leavesNothingBehindAfterAllTests(DemoCluster cluster) throws IOException {
        cluster.ensureTemplates();
        ClusterTeardown.assertNothingLeft(cluster);
    }
}
