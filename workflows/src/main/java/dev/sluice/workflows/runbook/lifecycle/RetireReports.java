package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.RunFailures;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the end of a node's life ends. */
final class RetireReports {
    private final NodeRef ref;
    private final StepProgress progress;
    private final Undo undo;
    private Optional<Node> node = Optional.empty();
    private @Nullable NodeReport last;

    RetireReports(NodeRef ref, StepProgress progress, Undo undo) {
        this.ref = ref;
        this.progress = progress;
        this.undo = undo;
    }

    void found(Node known) {
        node = Optional.of(known);
    }

    NodeReport finish(String sentence) {
        last = report(RunOutcome.DONE, Optional.empty(), sentence);
        progress.setPhase("done");
        FinalReportSignal.sendIfCancelled(last);
        return last;
    }

    TemporalFailure fail(TemporalFailure failure) {
        EndReason reason = EndReason.ofEnd(failure);
        progress.fail(reason.sentence());
        progress.setPhase("taking back");
        List<String> leftBehind = undo.rollBack();
        boolean restored = leftBehind.isEmpty();
        Optional<FailureType> type = restored ? reason.type() : Optional.of(FailureType.NOT_UNDONE);
        NodeReport report = report(outcome(restored, reason), type, sentence(reason, leftBehind));
        last = report;
        progress.setPhase(restored ? "restored" : "not restored");
        FinalReportSignal.sendIfCancelled(report);
        return RunFailures.of(reason, type, report.sentence(), report, failure);
    }

    /** The guard refuses before anything is changed. */
    private static RunOutcome outcome(boolean restored, EndReason reason) {
        if (!restored) {
            return RunOutcome.NOT_RESTORED;
        }
        return reason.type().equals(Optional.of(FailureType.GUARD_REFUSED)) ? RunOutcome.REFUSED : RunOutcome.RESTORED;
    }

    private String sentence(EndReason reason, List<String> leftBehind) {
        return leftBehind.isEmpty()
                ? NodeReport.restored(ref.name(), "retired", reason.sentence())
                : "NOT finished. Left behind: %s. Why: %s.".formatted(String.join("; ", leftBehind), reason.sentence());
    }

    /** The final report once there is one, else the state of things. */
    NodeReport report(RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        if (last != null) {
            return last;
        }
        return new NodeReport(
                ref.name(),
                outcome,
                failure,
                progress.steps(),
                node,
                Optional.empty(),
                NodeEvidence.NONE,
                undo.leftBehind(),
                sentence);
    }
}
