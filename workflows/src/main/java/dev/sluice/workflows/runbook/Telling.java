package dev.sluice.workflows.runbook;

import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.runbook.Patience.Limits;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tells people by the cluster's webhook, if it names one; whether that works never changes how a run ends. */
final class Telling {
    /** A run holds its lock meanwhile. */
    private static final Limits SHORT = Limits.answering(Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final ClusterFile file;

    Telling(ClusterFile file) {
        this.file = file;
    }

    boolean somebody() {
        return file.notices().isPresent();
    }

    /** The sentence is why it could not be told; empty if it was, or if nobody is to be told. */
    Optional<String> tell(String event, String title, List<String> lines) {
        if (!somebody()) {
            return Optional.empty();
        }
        WorkflowInfo run = Workflow.getInfo();
        Notice notice = new Notice(
                file.notices().orElseThrow(),
                "%s@%s/%s".formatted(run.getWorkflowId(), run.getRunId(), event),
                file.name(),
                event,
                "%s: %s".formatted(file.name(), title),
                lines,
                Progress.now());
        try {
            Reach.notices(SHORT, "tell people: " + event).tell(notice);
            return Optional.empty();
        } catch (TemporalFailure failure) {
            Reason reason = Reason.of(failure);
            if (reason.cancelled()) {
                throw failure;
            }
            return Optional.of("people could not be told: " + reason.sentence());
        }
    }

    /** A person has to say yes. */
    Optional<String> waits(ApprovalTerms terms, String what, String digest) {
        String run = Workflow.getInfo().getWorkflowId();
        return tell(
                "approval-waits",
                "%s waits for an approval until %s".formatted(run, Words.of(terms.until())),
                List.of(
                        "Plan %s, %s".formatted(digest, what),
                        "sluice approve %s --plan %s --reason \"…\"".formatted(run, digest)));
    }

    /** A change came to no good end: exit code 1 or 3. Detached, since a cancelled run could tell nothing any more. */
    void ended(ChangeReport report) {
        int code = report.outcome() == Outcome.RESTORED
                ? report.failure()
                        .map(type -> type.exitCode())
                        .orElse(report.outcome().exitCode())
                : report.outcome().exitCode();
        if (!somebody() || (code != 1 && code != 3)) {
            return;
        }
        String run = Workflow.getInfo().getWorkflowId();
        String title = code == 3 ? "%s failed and is NOT restored" : "%s failed; everything is as before";
        Workflow.newDetachedCancellationScope(() -> tell(
                        "change-failed",
                        title.formatted(run),
                        List.of(
                                report.sentence(),
                                "Asked by %s: %s"
                                        .formatted(
                                                report.plan().by(),
                                                report.plan().reason()),
                                "sluice show " + run)))
                .run();
    }
}
