package dev.sluice.starter.command.run;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;

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
    public String decide(ApprovalDecision decision) {
        throw new IllegalStateException("No plan yet");
    }

    @Override
    public void checkDecision(ApprovalDecision decision) {}

    @Override
    public void decideLater(ApprovalDecision decision) {}

    @Override
    public void passedGate(NodeName node) {}

    @Override
    public void nodeEnded(NodeReport report) {}
}
