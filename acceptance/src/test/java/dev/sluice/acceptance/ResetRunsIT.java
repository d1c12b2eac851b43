package dev.sluice.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.acceptance.harness.DemoCluster;
import dev.sluice.acceptance.harness.LabEnvironment;
import dev.sluice.acceptance.harness.ServingClusterExtension;
import dev.sluice.acceptance.harness.SluiceProcess;
import dev.sluice.acceptance.harness.SteadyTraffic;
import dev.sluice.acceptance.harness.TemporalServer;
import io.temporal.client.WorkflowExecutionMetadata;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Someone resets every finished run of a serving cluster at once, as one query in Temporal's Web UI does. */
@ExtendWith(ServingClusterExtension.class)
@Order(65)
class ResetRunsIT {
    private static final String OF_THE_CLUSTER =
            "WorkflowType IN ('DeployNode', 'ChangeRole', 'RetireNode', 'EjectNode', 'BakeTemplate', 'KeepNode')";

    @Test
    void resetOfEveryFinishedRunCostsNoNodeAndNoRequest(DemoCluster cluster) {
        LabEnvironment world = cluster.world();
        TemporalServer temporal = new TemporalServer(world);
        Map<String, Set<String>> before = world.accountContents();
        Set<String> apps = cluster.inService("app");
        Set<String> proxies = cluster.inService("proxy");
        List<WorkflowExecutionMetadata> finished = temporal.runs(OF_THE_CLUSTER + " AND ExecutionStatus != 'Running'");
        assertThat(finished).hasSizeGreaterThanOrEqualTo(apps.size() + proxies.size());
        try (SteadyTraffic traffic = SteadyTraffic.start(world)) {
            finished.forEach(run -> temporal.resetToFirstTask(run.getExecution()));
            LabEnvironment.awaitTrue(
                    "every run that was reset ends",
                    Duration.ofMinutes(3),
                    () -> temporal.runs(OF_THE_CLUSTER + " AND ExecutionStatus = 'Running'")
                            .isEmpty());
            traffic.assertNothingLost();
        }
        assertThat(cluster.inService("app")).isEqualTo(apps);
        assertThat(cluster.inService("proxy")).isEqualTo(proxies);
        assertThat(world.accountContents()).isEqualTo(before);
        assertThat(world.requireSuccess(SluiceProcess.runSluice("status")).out())
                .contains("healthy, serving");
    }
}
