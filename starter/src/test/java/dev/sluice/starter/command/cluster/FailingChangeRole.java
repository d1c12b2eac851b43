package dev.sluice.starter.command.cluster;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.common.converter.RawValue;
import org.jspecify.annotations.Nullable;

/** A change that fails, before any report, with the failure type that its reason names. */
public final class FailingChangeRole implements ChangeRole {
    @Override
    public ChangeReport run(ChangePlan plan) {
        throw TypedFailures.of(FailureType.valueOf(plan.reason()), "measured 25, expected at most 24");
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
    public void decideLater(@Nullable RawValue decision) {}

    @Override
    public void passedGate(@Nullable RawValue node) {}

    @Override
    public void nodeEnded(@Nullable RawValue report) {}
}
