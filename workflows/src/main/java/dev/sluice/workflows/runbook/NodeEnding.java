package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a node's run ends: the report that stays, and the one human sentence on top of a failure. */
final class NodeEnding {
    private final NodeRef ref;
    private final Progress progress;
    private final Undo undo;
    private final Machine machine;
    private final Gate gate;
    private @Nullable NodeReport last;

    NodeEnding(NodeRef ref, Progress progress, Undo undo, Machine machine, Gate gate) {
        this.ref = ref;
        this.progress = progress;
        this.undo = undo;
        this.machine = machine;
        this.gate = gate;
    }

    static NodeReport notStarted() {
        return new NodeReport(
                new NodeName("unknown"),
                Outcome.RUNNING,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Evidence.NONE,
                List.of(),
                "");
    }

    NodeReport done(String sentence) {
        last = report(Outcome.DONE, Optional.empty(), sentence);
        progress.phase("done");
        LastWord.of(last);
        return last;
    }

    /** Takes everything back and answers with what the run has to throw. */
    TemporalFailure failed(TemporalFailure failure) {
        Reason reason = Reason.ofEnd(failure);
        progress.failed(reason.sentence());
        progress.phase("taking back");
        List<String> leftBehind = undo.takeBack();
        NodeReport report = ended(reason, leftBehind);
        last = report;
        progress.phase(leftBehind.isEmpty() ? "restored" : "not restored");
        LastWord.of(report);
        return Endings.of(reason, report.failure(), report.sentence(), report, failure);
    }

    private NodeReport ended(Reason reason, List<String> leftBehind) {
        if (!leftBehind.isEmpty()) {
            return report(
                    Outcome.NOT_RESTORED,
                    Optional.of(FailureType.NOT_UNDONE),
                    "NOT restored. Left behind: %s. Why: %s."
                            .formatted(String.join("; ", leftBehind), reason.sentence()));
        }
        boolean refused = reason.type().equals(Optional.of(FailureType.APPROVAL_REJECTED));
        return report(
                refused ? Outcome.REJECTED : Outcome.RESTORED,
                reason.type(),
                NodeReport.restored(ref.name(), "deployed", reason.sentence()));
    }

    /** The final report once there is one, else the state of things with that outcome. */
    NodeReport report(Outcome outcome, Optional<FailureType> failure, String sentence) {
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
