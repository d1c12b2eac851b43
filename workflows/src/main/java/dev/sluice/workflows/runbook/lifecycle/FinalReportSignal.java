package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.runbook.run.StepMarkdown;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** What a cancelled node tells its change: the SDK ends such a run CANCELED, without what it returns or throws. */
final class FinalReportSignal {
    private FinalReportSignal() {}

    static void sendIfCancelled(NodeReport report) {
        Optional<String> change = Workflow.getInfo().getParentWorkflowId();
        if (change.isPresent() && CancellationScope.current().isCancelRequested()) {
            Workflow.newDetachedCancellationScope(() -> tell(change.get(), report))
                    .run();
        }
    }

    private static void tell(String change, NodeReport report) {
        try {
            Workflow.newExternalWorkflowStub(ChangeRole.class, change).nodeEnded(report);
        } catch (TemporalFailure gone) {
            Workflow.setCurrentDetails("Its change is gone: " + StepMarkdown.escape(report.sentence()));
        }
    }
}
