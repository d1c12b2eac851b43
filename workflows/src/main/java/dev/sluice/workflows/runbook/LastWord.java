package dev.sluice.workflows.runbook;

import dev.sluice.workflows.ChangeRole;
import dev.sluice.workflows.model.NodeReport;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.util.Optional;

/** What a cancelled node tells its change: the SDK ends such a run CANCELED, without what it returns or throws. */
final class LastWord {
    private LastWord() {}

    static void of(NodeReport report) {
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
            Workflow.setCurrentDetails("Its change is gone: " + Markdown.escape(report.sentence()));
        }
    }
}
