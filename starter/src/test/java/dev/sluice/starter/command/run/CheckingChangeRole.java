package dev.sluice.starter.command.run;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.jspecify.annotations.Nullable;

/** A change whose first step continues until it is cancelled. */
public final class CheckingChangeRole implements ChangeRole {
    private final ChangePlan plan;

    @WorkflowInit
    public CheckingChangeRole(ChangePlan plan) {
        this.plan = plan;
    }

    @Override
    public ChangeReport run(ChangePlan same) {
        Workflow.await(() -> false);
        return report();
    }

    @Override
    public ChangeReport report() {
        return TestReports.checking(plan);
    }

    @Override
    public String decide(@Nullable RawValue decision) {
        throw new IllegalStateException("No plan yet");
    }

    @Override
    public void checkDecision(@Nullable RawValue decision) {}

    @Override
    public void decideLater(@Nullable RawValue decision) {}

    @Override
    public void passedGate(@Nullable RawValue node) {}

    @Override
    public void nodeEnded(@Nullable RawValue report) {}
}
