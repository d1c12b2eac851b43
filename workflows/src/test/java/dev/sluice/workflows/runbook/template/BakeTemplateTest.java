package dev.sluice.workflows.runbook.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sluice.workflows.BakeTemplate;
import dev.sluice.workflows.fake.CallFault;
import dev.sluice.workflows.fake.DocumentPage;
import dev.sluice.workflows.fake.FakeWorld;
import dev.sluice.workflows.fake.TestPlans;
import dev.sluice.workflows.fake.TestTemporal;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BakeTemplateTest {
    @RegisterExtension
    final TestTemporal temporal = new TestTemporal();

    private BakeReport bake(FakeWorld world) {
        return temporal.in(world).stub(BakeTemplate.class, "bake/hello/app").run(TestPlans.bake());
    }

    @Test
    void bakesATemplateInTheStepsOfItsPage() {
        FakeWorld world = FakeWorld.cluster();
        BakeReport report = bake(world);
        DocumentPage page = DocumentPage.of("runbooks/bake-template.md");

        assertThat(report.template().orElseThrow().name()).isEqualTo("hello-app 2026-11-22");
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
        assertThat(report.steps().stream().map(step -> step.step().words())).containsExactlyElementsOf(page.steps());
        assertThat(world.calls.names()).containsExactlyElementsOf(page.activities());
        temporal.replay("bake/hello/app");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Cloud.CreateBase", "Cloud.AwaitDroplet", "Node.FirstBoot", "Node.RunRecipe", "Node.CleanUp"})
    void leavesNoDropletWhenABakeFails(String activity) {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks(activity, CallFault.FAILS_AFTER_EFFECT);

        Throwable failed = catchThrowable(() -> bake(world));

        assertThat(TestTemporal.carried(failed, BakeReport.class).outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }

    @Test
    void namesAnImageWhoseSnapshotWasNotAnswered() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Cloud.SnapshotNode", CallFault.ANSWER_LOST);

        BakeReport report = TestTemporal.carried(catchThrowable(() -> bake(world)), BakeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.NOT_RESTORED);
        assertThat(report.leftBehind()).containsExactly("image 8 (hello-app 2026-11-22), which must not be approved");
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
        temporal.replay("bake/hello/app");
    }

    @Test
    void leavesNothingBehindWhenNoSnapshotWasMade() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Cloud.SnapshotNode", CallFault.TIMES_OUT);

        BakeReport report = TestTemporal.carried(catchThrowable(() -> bake(world)), BakeReport.class);

        assertThat(report.outcome()).isEqualTo(RunOutcome.RESTORED);
        assertThat(report.leftBehind()).isEmpty();
    }

    @Test
    void isDoneWhenOnlyTheDropletWasSlowToGo() {
        FakeWorld world = FakeWorld.cluster();
        world.calls.breaks("Cloud.DestroyDroplet", CallFault.FAILS_BEFORE_EFFECT);

        assertThat(bake(world).outcome()).isEqualTo(RunOutcome.DONE);
        assertThat(world.picture()).isEqualTo(FakeWorld.cluster().picture());
    }
}
