package dev.sluice.workflows.runbook.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ShowCluster;
import dev.sluice.workflows.ShowCluster.ClusterReport;
import dev.sluice.workflows.activity.TruthActivities.AddressAnswer;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShowClusterTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    @Test
    void showsReadablePartsAndNamesTheOthers() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Dns.Records", CallFault.FAILS_BEFORE_EFFECT);

        ClusterReport report =
                temporal.in(world).stub(ShowCluster.class, "show").run(TestPlans.FILE, null);

        assertThat(report.nodes()).hasSize(4);
        assertThat(report.proxies()).hasSize(2);
        assertThat(report.unknown()).containsExactly("records: Dns.Records broke");
    }

    @Test
    void showsWhatClientsGetAtEachPublishedAddress() {
        FakeWorld world = FakeWorld.cluster().turnsOff("hello-proxy-b");

        ClusterReport report =
                temporal.in(world).stub(ShowCluster.class, "show").run(TestPlans.FILE, null);

        assertThat(report.service().answers()).extracting(AddressAnswer::serves).containsExactly(true, false);
        assertThat(report.service().truths().publishedNodes()).hasSize(2);
    }
}
