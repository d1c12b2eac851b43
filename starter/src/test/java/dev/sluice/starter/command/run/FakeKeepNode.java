package dev.sluice.starter.command.run;

import dev.sluice.workflows.KeepNode;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import io.temporal.workflow.Workflow;
import java.util.List;
import java.util.Optional;

/** Keeps a node until it is cancelled, to test how that is printed. */
public final class FakeKeepNode implements KeepNode {
    @Override
    public NodeReport run(KeepPlan plan) {
        Workflow.sleep(plan.time());
        return report();
    }

    @Override
    public NodeReport report() {
        return new NodeReport(
                new NodeName("hello-app-k3f9"),
                RunOutcome.RUNNING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NodeEvidence.NONE,
                List.of(),
                "hello-app-k3f9 is kept, out of traffic, until 2026-11-22 15:31:07 UTC, then destroyed: it failed to be deployed");
    }
}
