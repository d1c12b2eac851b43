package dev.sluice.starter.audit;

import dev.sluice.starter.TestReports;
import dev.sluice.workflows.DeployNode;
import dev.sluice.workflows.model.plan.NodePlan;
import dev.sluice.workflows.model.report.NodeReport;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import org.jspecify.annotations.Nullable;

/** Reports a node in service without any activity; one whose reason is "waits" stays open. */
public final class FakeDeployNode implements DeployNode {
    @Override
    public NodeReport run(NodePlan plan) {
        if (plan.reason().equals("waits")) {
            Workflow.await(() -> false);
        }
        return report();
    }

    @Override
    public NodeReport report() {
        return TestReports.done(TestReports.NODE);
    }

    @Override
    public void decide(@Nullable RawValue decision) {}
}
