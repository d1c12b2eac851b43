package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.KeepNode.KeepPlan;
import dev.sluice.workflows.activity.NoticeActivities.Notice;
import dev.sluice.workflows.model.cluster.ClusterFile;
import dev.sluice.workflows.model.cluster.ClusterName;
import dev.sluice.workflows.model.cluster.NotificationSettings;
import dev.sluice.workflows.model.plan.BakePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ApprovalTerms;
import dev.sluice.workflows.model.report.BakeReport;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.runbook.run.Patience.ActivityLimits;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Sends notices to the cluster's webhook, if it names one. A lost notice never changes how a run ends. */
public final class Notifier {
    /** Short, since a run holds its lock meanwhile. */
    private static final ActivityLimits SHORT = ActivityLimits.shortCall(Duration.ofSeconds(5), Duration.ofSeconds(15));

    private final ClusterName cluster;
    private final Optional<NotificationSettings> notices;

    public Notifier(ClusterFile file) {
        this(file.name(), file.notices());
    }

    public Notifier(ClusterName cluster, Optional<NotificationSettings> notices) {
        this.cluster = cluster;
        this.notices = notices;
    }

    public boolean isConfigured() {
        return notices.isPresent();
    }

    /** Sends a notice; returns the reason if that failed. Does nothing without a webhook. */
    public Optional<String> send(String event, String title, List<String> lines) {
        if (!isConfigured()) {
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
                StepProgress.now());
        try {
            ActivityStubs.notices(SHORT, "notice: " + event).tell(notice);
            return Optional.empty();
        } catch (TemporalFailure failure) {
            EndReason reason = EndReason.of(failure);
            if (reason.isCancelled()) {
                throw failure;
            }
            return Optional.of("the notice could not be sent: " + reason.sentence());
        }
    }

    /** Notifies that an approval is waited for. */
    public Optional<String> sendApprovalRequest(ApprovalTerms terms, String what, String digest) {
        String run = Workflow.getInfo().getWorkflowId();
        return send(
                "approval-waits",
                "%s waits for an approval until %s".formatted(run, TextFormat.format(terms.until())),
                List.of(
                        "Plan %s, %s".formatted(digest, what),
                        "sluice approve %s --plan %s --reason \"…\"".formatted(run, digest)));
    }

    /** Notifies of a change that failed with exit code 1 or 3. */
    public void sendChangeFailure(ChangeReport report) {
        sendFailure(
                "change-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                asked(report.plan().by(), report.plan().reason()));
    }

    /** Notifies of a bake that failed with exit code 1 or 3. */
    public void sendBakeFailure(BakePlan plan, BakeReport report) {
        sendFailure(
                "bake-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                asked(plan.by(), plan.reason()));
    }

    /** Notifies of a kept node that could not be destroyed. */
    public void sendKeepFailure(KeepPlan plan, NodeReport report) {
        sendFailure(
                "keep-failed",
                code(report.outcome(), report.failure()),
                report.sentence(),
                "It was kept, since it %s".formatted(plan.why()));
    }

    private static String asked(String by, String reason) {
        return "Asked by %s: %s".formatted(by, reason);
    }

    private static int code(RunOutcome outcome, Optional<FailureType> failure) {
        return outcome == RunOutcome.RESTORED
                ? failure.map(FailureType::exitCode).orElse(outcome.exitCode())
                : outcome.exitCode();
    }

    /** Detached, since a cancelled run can start no other activity. */
    private void sendFailure(String event, int code, String sentence, String because) {
        if (!isConfigured() || (code != 1 && code != 3)) {
            return;
        }
        String run = Workflow.getInfo().getWorkflowId();
        String title = code == 3 ? "%s failed and is NOT restored" : "%s failed; everything is as before";
        Workflow.newDetachedCancellationScope(
                        () -> send(event, title.formatted(run), List.of(sentence, because, "sluice show " + run)))
                .run();
    }
}
