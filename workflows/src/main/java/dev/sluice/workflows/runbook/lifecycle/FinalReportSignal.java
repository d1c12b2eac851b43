package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.runbook.run.StepMarkdown;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** Signals a cancelled node's final report to its change: the SDK ends such a run CANCELED, without a result. */
final class FinalReportSignal {
    private FinalReportSignal() {}

    static void sendIfCancelled(NodeReport report) {
        Optional<String> change = Workflow.getInfo().getParentWorkflowId();
        if (change.isPresent() && CancellationScope.current().isCancelRequested()) {
            Workflow.newDetachedCancellationScope(() -> signal(change.get(), report))
                    .run();
        }
    }

    private static void signal(String change, NodeReport report) {
        try {
            Workflow.newExternalWorkflowStub(ChangeRole.class, change).nodeEnded(WorkflowInput.of(report));
        } catch (TemporalFailure gone) {
            Workflow.setCurrentDetails("Its change has ended: " + StepMarkdown.escape(report.sentence()));
        }
    }
}
