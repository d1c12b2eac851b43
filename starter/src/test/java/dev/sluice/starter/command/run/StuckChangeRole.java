package dev.sluice.starter.command.run;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change whose workflow task fails from its first signal on, as a defect in a handler does. */
public final class StuckChangeRole implements ChangeRole {
    @Override
    public ChangeReport run(ChangePlan plan) {
        Workflow.await(() -> plan.reason().equals("ends"));
        return TestReports.change(plan, RunOutcome.DONE, Optional.empty(), "", TestReports.done(TestReports.NODE));
    }

    @Override
    public ChangeReport report() {
        throw new IllegalStateException("No report");
    }

    @Override
    public String decide(@Nullable RawValue decision) {
        throw new IllegalStateException("No plan");
    }

    @Override
    public void checkDecision(@Nullable RawValue decision) {}

    @Override
    public void decideLater(@Nullable RawValue decision) {
        throw new IllegalStateException("A defect");
    }

    @Override
    public void passedGate(@Nullable RawValue node) {}

    @Override
    public void nodeEnded(@Nullable RawValue report) {}
}
