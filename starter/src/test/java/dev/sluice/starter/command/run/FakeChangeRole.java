package dev.sluice.starter.command.run;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.activity.WorkflowInput.InvalidInputException;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.common.converter.RawValue;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change without effects; its reason names its outcome. */
public final class FakeChangeRole implements ChangeRole {
    private @Nullable ChangeReport report;
    private @Nullable ApprovalDecision decision;

    @Override
    public ChangeReport run(ChangePlan plan) {
        NodeName node = plan.nodes().get(0);
        switch (plan.reason()) {
            case "gate closed" ->
                throw ended(
                        FailureType.GATE_CLOSED,
                        TestReports.change(
                                plan,
                                RunOutcome.RESTORED,
                                Optional.of(FailureType.GATE_CLOSED),
                                "0 of 1 in service.",
                                TestReports.keptOut(node)));
            case "left behind" ->
                throw ended(
                        FailureType.NOT_UNDONE,
                        TestReports.change(
                                plan,
                                RunOutcome.NOT_RESTORED,
                                Optional.of(FailureType.NOT_UNDONE),
                                "DigitalOcean answered 503",
                                TestReports.node(
                                        node, RunOutcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left")));
            case "no report" -> throw TypedFailures.of(FailureType.QUOTA_REACHED, "25 of 25 droplets are in use");
            case "waits" -> {
                report = TestReports.waiting(plan);
                Workflow.await(() -> decision != null);
            }
            case "is tried again" -> {
                report = TestReports.checking(plan);
                Workflow.newActivityStub(FakeStep.class, FakeStep.OPTIONS).tryIt();
            }
            default ->
                report = TestReports.change(plan, RunOutcome.RUNNING, Optional.empty(), "", TestReports.done(node));
        }
        report = TestReports.change(plan, RunOutcome.DONE, Optional.empty(), "", TestReports.done(node));
        return report;
    }

    private ApplicationFailure ended(FailureType type, ChangeReport last) {
        report = last;
        return ApplicationFailure.newBuilder()
                .setMessage(last.sentence())
                .setType(type.name())
                .setNonRetryable(true)
                .setDetails(last)
                .build();
    }

    @Override
    public ChangeReport report() {
        if (report == null) {
            throw new IllegalStateException("Not begun");
        }
        return report;
    }

    @Override
    public String decide(@Nullable RawValue given) {
        ApprovalDecision made = decoded(given);
        decision = made;
        return "Plan %s is approved by %s.".formatted(made.planDigest(), made.by());
    }

    @Override
    public void checkDecision(@Nullable RawValue given) {
        String named = decoded(given).planDigest();
        if (!TestReports.PLAN.value().startsWith(named)) {
            throw new IllegalArgumentException("Refused: plan 7c19e2 is pending, not plan " + named);
        }
    }

    @Override
    public void decideLater(@Nullable RawValue given) {
        decision = decoded(given);
    }

    private static ApprovalDecision decoded(@Nullable RawValue given) {
        try {
            return WorkflowInput.decode(given, ApprovalDecision.class);
        } catch (InvalidInputException invalid) {
            throw new IllegalArgumentException(invalid);
        }
    }

    @Override
    public void nodeEnded(@Nullable RawValue report) {}

    @Override
    public void passedGate(@Nullable RawValue node) {
        throw new IllegalStateException("No node runs");
    }
}
