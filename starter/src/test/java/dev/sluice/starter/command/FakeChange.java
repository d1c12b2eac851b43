package dev.sluice.starter.command;

import dev.sluice.starter.Reports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import io.temporal.failure.ApplicationFailure;
import io.temporal.workflow.Workflow;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change that does nothing to any world; what it comes to stands in its reason. */
public final class FakeChange implements ChangeRole {
    private @Nullable ChangeReport report;
    private @Nullable Decision decision;

    @Override
    public ChangeReport run(ChangePlan plan) {
        NodeName node = plan.nodes().get(0);
        switch (plan.reason()) {
            case "gate closed" ->
                throw ended(
                        FailureType.GATE_CLOSED,
                        Reports.change(
                                plan,
                                Outcome.RESTORED,
                                Optional.of(FailureType.GATE_CLOSED),
                                "0 of 1 in service.",
                                Reports.keptOut(node)));
            case "left behind" ->
                throw ended(
                        FailureType.NOT_UNDONE,
                        Reports.change(
                                plan,
                                Outcome.NOT_RESTORED,
                                Optional.of(FailureType.NOT_UNDONE),
                                "DigitalOcean answered 503",
                                Reports.node(node, Outcome.NOT_RESTORED, Optional.of(FailureType.NOT_UNDONE), "left")));
            case "no report" -> throw Failures.of(FailureType.QUOTA_REACHED, "25 of 25 droplets are in use");
            case "waits" -> {
                report = Reports.waiting(plan);
                Workflow.await(() -> decision != null);
            }
            case "is tried again" -> {
                report = Reports.checking(plan);
                Workflow.newActivityStub(FakeStep.class, FakeStep.OPTIONS).tryIt();
            }
            default -> report = Reports.change(plan, Outcome.RUNNING, Optional.empty(), "", Reports.done(node));
        }
        report = Reports.change(plan, Outcome.DONE, Optional.empty(), "", Reports.done(node));
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
    public String decide(Decision given) {
        decision = given;
        return "Plan %s is approved by %s.".formatted(given.planDigest(), given.by());
    }

    @Override
    public void checkDecision(Decision given) {
        if (!Reports.PLAN.value().startsWith(given.planDigest())) {
            throw new IllegalArgumentException("Refused: what waits is plan 7c19e2, not plan " + given.planDigest());
        }
    }

    @Override
    public void decideLater(Decision given) {
        decision = given;
    }

    @Override
    public void nodeEnded(NodeReport report) {}

    @Override
    public void passedGate(NodeName node) {
        throw new IllegalStateException("No node runs");
    }
}
