package dev.sluice.workflows.runbook.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.workflows.ExamineCluster;
import dev.sluice.workflows.ExamineCluster.ClusterExamination;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamineClusterTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    @Test
    void examinesEachPartOfItsPageAndNamesUnreadableParts() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Proxy.Examine", CallFault.FAILS_BEFORE_EFFECT);
        world.calls.breaks("Worker.Describe", CallFault.TIMES_OUT);

        ClusterExamination seen =
                temporal.in(world).stub(ExamineCluster.class, "examine").run(TestPlans.FILE);

        assertThat(seen.greetings()).hasSize(4);
        assertThat(seen.scopes()).hasSize(1);
        assertThat(seen.records()).isPresent();
        assertThat(seen.zone()).isPresent();
        assertThat(seen.templates()).hasSize(1);
        assertThat(seen.worker()).isEmpty();
        assertThat(seen.whyUnknown("proxies")).contains("Proxy.Examine broke");
        assertThat(seen.whyUnknown("worker")).isPresent();
        assertThat(seen.whyUnknown("nodes")).isEmpty();
        assertThat(world.calls.names().stream().distinct())
                .containsExactlyInAnyOrderElementsOf(
                        DocumentPage.of("runbooks/examine-cluster.md").activities());
        temporal.replay("examine");
    }
}
