package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.node.DropletLifecycle;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.RunFailures;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a node's run ends: the report that stays, and the one human sentence on top of a failure. */
final class NodeReports {
    private final NodeRef ref;
    private final StepProgress progress;
    private final Undo undo;
    private final DropletLifecycle machine;
    private final Gate gate;
    private @Nullable NodeReport last;

    NodeReports(NodeRef ref, StepProgress progress, Undo undo, DropletLifecycle machine, Gate gate) {
        this.ref = ref;
        this.progress = progress;
        this.undo = undo;
        this.machine = machine;
        this.gate = gate;
    }

    static NodeReport notStarted() {
        return new NodeReport(
                new NodeName("unknown"),
                RunOutcome.RUNNING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                NodeEvidence.NONE,
                List.of(),
                "");
    }

    NodeReport finish(String sentence) {
        last = report(RunOutcome.DONE, Optional.empty(), sentence);
        progress.setPhase("done");
        FinalReportSignal.sendIfCancelled(last);
        return last;
    }

    /** Takes everything back and answers with what the run has to throw. */
    TemporalFailure fail(TemporalFailure failure) {
        EndReason reason = EndReason.ofEnd(failure);
        progress.fail(reason.sentence());
        progress.setPhase("taking back");
        List<String> leftBehind = undo.rollBack();
        NodeReport report = ended(reason, leftBehind);
        last = report;
        progress.setPhase(leftBehind.isEmpty() ? "restored" : "not restored");
        FinalReportSignal.sendIfCancelled(report);
        return RunFailures.of(reason, report.failure(), report.sentence(), report, failure);
    }

    private NodeReport ended(EndReason reason, List<String> leftBehind) {
        if (!leftBehind.isEmpty()) {
            return report(
                    RunOutcome.NOT_RESTORED,
                    Optional.of(FailureType.NOT_UNDONE),
                    "NOT restored. Left behind: %s. Why: %s."
                            .formatted(String.join("; ", leftBehind), reason.sentence()));
        }
        boolean refused = reason.type().equals(Optional.of(FailureType.APPROVAL_REJECTED));
        return report(
                refused ? RunOutcome.REJECTED : RunOutcome.RESTORED,
                reason.type(),
                NodeReport.restored(ref.name(), "deployed", reason.sentence()));
    }

    /** The final report once there is one, else the state of things with that outcome. */
    NodeReport report(RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        if (last != null) {
            return last;
        }
        return new NodeReport(
                ref.name(),
                outcome,
                failure,
                progress.steps(),
                machine.node(),
                gate.verdict(),
                machine.evidence(),
                undo.leftBehind(),
                sentence);
    }
}
