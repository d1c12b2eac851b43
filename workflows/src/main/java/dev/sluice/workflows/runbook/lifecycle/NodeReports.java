package dev.sluice.workflows.runbook.lifecycle;

import dev.sluice.workflows.model.check.Verdict;
import dev.sluice.workflows.model.node.Node;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.node.NodeRef;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeEvidence;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.node.NodeDroplet;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.RunFailures;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.Undo;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ends a node's run: rolls back after a failure, and makes the final report with its sentence. */
final class NodeReports {
    /** What differs between the two ends of a node's life. */
    private enum NodeEnding {
        DEPLOYED("deployed", "NOT restored", FailureType.APPROVAL_REJECTED, RunOutcome.REJECTED),
        RETIRED("retired", "NOT finished", FailureType.GUARD_REFUSED, RunOutcome.REFUSED);

        private final String word;
        private final String notRestored;
        private final FailureType refusal;
        private final RunOutcome refused;

        NodeEnding(String word, String notRestored, FailureType refusal, RunOutcome refused) {
            this.word = word;
            this.notRestored = notRestored;
            this.refusal = refusal;
            this.refused = refused;
        }
    }

    private final NodeEnding ending;
    private final NodeRef ref;
    private final StepProgress progress;
    private final Undo undo;
    private Supplier<Optional<Node>> node = Optional::empty;
    private Supplier<Optional<Verdict>> verdict = Optional::empty;
    private Supplier<NodeEvidence> evidence = () -> NodeEvidence.NONE;
    private @Nullable NodeReport last;

    private NodeReports(NodeEnding ending, NodeRef ref, StepProgress progress, Undo undo) {
        this.ending = ending;
        this.ref = ref;
        this.progress = progress;
        this.undo = undo;
    }

    static NodeReports ofDeployment(NodeRef ref, StepProgress progress, Undo undo, NodeDroplet droplet, Gate gate) {
        NodeReports reports = new NodeReports(NodeEnding.DEPLOYED, ref, progress, undo);
        reports.node = droplet::node;
        reports.verdict = gate::verdict;
        reports.evidence = droplet::evidence;
        return reports;
    }

    static NodeReports ofRetirement(NodeRef ref, StepProgress progress, Undo undo) {
        return new NodeReports(NodeEnding.RETIRED, ref, progress, undo);
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

    void found(Node known) {
        node = () -> Optional.of(known);
    }

    NodeReport finish(String sentence) {
        return end(report(RunOutcome.DONE, Optional.empty(), sentence), "done");
    }

    /** Rolls every step back and returns the failure that the run throws. */
    TemporalFailure fail(TemporalFailure failure) {
        EndReason reason = EndReason.ofEnd(failure);
        progress.fail(reason.sentence());
        progress.setPhase("rolling back");
        List<String> leftBehind = undo.rollBack(reason);
        NodeReport report = end(failed(reason, leftBehind), leftBehind.isEmpty() ? "restored" : "not restored");
        return RunFailures.of(reason, report.failure(), report.sentence(), report, failure);
    }

    private NodeReport end(NodeReport report, String phase) {
        last = report;
        progress.setPhase(phase);
        FinalReportSignal.sendIfCancelled(report);
        return report;
    }

    private NodeReport failed(EndReason reason, List<String> leftBehind) {
        if (!leftBehind.isEmpty()) {
            return report(
                    RunOutcome.NOT_RESTORED,
                    Optional.of(FailureType.NOT_UNDONE),
                    "%s. Left behind: %s. Why: %s."
                            .formatted(ending.notRestored, String.join("; ", leftBehind), reason.sentence()));
        }
        return report(
                reason.type().equals(Optional.of(ending.refusal)) ? ending.refused : RunOutcome.RESTORED,
                reason.type(),
                NodeReport.restored(ref.name(), ending.word, reason.sentence()));
    }

    /** Returns the final report once there is one, else the current state with that outcome. */
    NodeReport report(RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        if (last != null) {
            return last;
        }
        return new NodeReport(
                ref.name(),
                outcome,
                failure,
                progress.steps(),
                node.get(),
                verdict.get(),
                evidence.get(),
                undo.leftBehind(),
                sentence);
    }
}
