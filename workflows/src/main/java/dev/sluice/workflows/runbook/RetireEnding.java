package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.Evidence;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Node;
import dev.sluice.workflows.model.NodeRef;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import io.temporal.failure.TemporalFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How the end of a node's life ends. */
final class RetireEnding {
    private final NodeRef ref;
    private final Progress progress;
    private final Undo undo;
    private Optional<Node> node = Optional.empty();
    private @Nullable NodeReport last;

    RetireEnding(NodeRef ref, Progress progress, Undo undo) {
        this.ref = ref;
        this.progress = progress;
        this.undo = undo;
    }

    void found(Node known) {
        node = Optional.of(known);
    }

    NodeReport done(String sentence) {
        last = report(Outcome.DONE, Optional.empty(), sentence);
        progress.phase("done");
        LastWord.of(last);
        return last;
    }

    TemporalFailure failed(TemporalFailure failure) {
        Reason reason = Reason.ofEnd(failure);
        progress.failed(reason.sentence());
        progress.phase("taking back");
        List<String> leftBehind = undo.takeBack();
        boolean restored = leftBehind.isEmpty();
        Optional<FailureType> type = restored ? reason.type() : Optional.of(FailureType.NOT_UNDONE);
        NodeReport report = report(outcome(restored, reason), type, sentence(reason, leftBehind));
        last = report;
        progress.phase(restored ? "restored" : "not restored");
        LastWord.of(report);
        return Endings.of(reason, type, report.sentence(), report, failure);
    }

    /** The guard refuses before anything is changed. */
    private static Outcome outcome(boolean restored, Reason reason) {
        if (!restored) {
            return Outcome.NOT_RESTORED;
        }
        return reason.type().equals(Optional.of(FailureType.GUARD_REFUSED)) ? Outcome.REFUSED : Outcome.RESTORED;
    }

    private String sentence(Reason reason, List<String> leftBehind) {
        return leftBehind.isEmpty()
                ? NodeReport.restored(ref.name(), "retired", reason.sentence())
                : "NOT finished. Left behind: %s. Why: %s.".formatted(String.join("; ", leftBehind), reason.sentence());
    }

    /** The final report once there is one, else the state of things. */
    NodeReport report(Outcome outcome, Optional<FailureType> failure, String sentence) {
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
                Evidence.NONE,
                undo.leftBehind(),
                sentence);
    }
}
