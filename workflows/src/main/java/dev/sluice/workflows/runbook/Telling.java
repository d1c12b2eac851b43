package dev.sluice.workflows.runbook;

import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.BakePlan;
import dev.sluice.workflows.model.BakeReport;
import dev.sluice.workflows.model.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.ClusterFile;
import dev.sluice.workflows.model.ClusterName;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Notices;
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

    private final ClusterName cluster;
    private final Optional<Notices> notices;

    Telling(ClusterFile file) {
        this(file.name(), file.notices());
    }

    Telling(ClusterName cluster, Optional<Notices> notices) {
        this.cluster = cluster;
        this.notices = notices;
    }

    boolean somebody() {
        return notices.isPresent();
    }

    /** The sentence is why it could not be told; empty if it was, or if nobody is to be told. */
    Optional<String> tell(String event, String title, List<String> lines) {
        if (!somebody()) {
            return Optional.empty();
        }
        WorkflowInfo run = Workflow.getInfo();
        Notice notice = new Notice(
                notices.orElseThrow(),
                "%s@%s/%s".formatted(run.getWorkflowId(), run.getRunId(), event),
                cluster,
                event,
                "%s: %s".formatted(cluster, title),
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

    /** A change came to no good end: exit code 1 or 3. */
    void ended(ChangeReport report) {
        ended(
                "change-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                asked(report.plan().by(), report.plan().reason()));
    }

    /** So did a bake. */
    void ended(BakePlan plan, BakeReport report) {
        ended(
                "bake-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                asked(plan.by(), plan.reason()));
    }

    /** A node that was kept could not be destroyed. */
    void ended(KeepPlan plan, NodeReport report) {
        ended(
                "keep-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                "It was kept, since it %s".formatted(plan.why()));
    }

    private static String asked(String by, String reason) {
        return "Asked by %s: %s".formatted(by, reason);
    }

    private static int code(Outcome outcome, Optional<FailureType> failure) {
        return outcome == Outcome.RESTORED
                ? failure.map(FailureType::exitCode).orElse(outcome.exitCode())
                : outcome.exitCode();
    }

    /** Detached, since a cancelled run could tell nothing any more. */
    private void ended(String event, int code, String sentence, String because) {
        if (!somebody() || (code != 1 && code != 3)) {
            return;
        }
        String run = Workflow.getInfo().getWorkflowId();
        String title = code == 3 ? "%s failed and is NOT restored" : "%s failed; everything is as before";
        Workflow.newDetachedCancellationScope(
                        () -> tell(event, title.formatted(run), List.of(sentence, because, "sluice show " + run)))
                .run();
    }
}
