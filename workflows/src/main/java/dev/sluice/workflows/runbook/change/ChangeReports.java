package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.cluster.Template;
import dev.sluice.workflows.model.node.NodeName;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.plan.ChangePlan.ChangeKind;
import dev.sluice.workflows.model.report.ChangeReport;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.NodeReport;
import dev.sluice.workflows.model.report.RunOutcome;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.model.report.StepReport.StepState;
import dev.sluice.workflows.runbook.run.EndReason;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.RunFailures;
import dev.sluice.workflows.runbook.run.StepProgress;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Workflow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reports how a change goes and ends; its worst node decides the outcome. */
final class ChangeReports {
    private final ChangePlan plan;
    private final StepProgress progress;
    private final ApprovalRequest approvals;
    private final NodeRuns children;
    private final Notifier notifier;
    private final Instant started = StepProgress.now();
    private final List<String> notes = new ArrayList<>();
    private Optional<Template> template = Optional.empty();
    private Optional<Sha256Digest> digest = Optional.empty();
    private Set<NodeName> membersBefore = Set.of();
    private @Nullable ChangeReport last;

    ChangeReports(
            ChangePlan plan, StepProgress progress, ApprovalRequest approvals, NodeRuns children, Notifier notifier) {
        this.plan = plan;
        this.progress = progress;
        this.approvals = approvals;
        this.children = children;
        this.notifier = notifier;
    }

    void recordCheck(ChangePlanCheck.CheckedPlan found, Sha256Digest plan) {
        template = found.template();
        digest = Optional.of(plan);
        membersBefore = found.inService(this.plan.role());
    }

    void addNote(String sentence) {
        notes.add(sentence);
    }

    boolean hasSuccess() {
        return count(RunOutcome.DONE) > 0;
    }

    /** Returns the final report, or throws the failure that carries it: the worst node decides. */
    ChangeReport finish() {
        // Detached: in a cancelled run every wait ends at once, before the report is sent.
        Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
                .run();
        Optional<NodeReport> worst = worst();
        if (worst.isEmpty()) {
            return end(RunOutcome.DONE, Optional.empty(), doneSentence());
        }
        NodeReport node = worst.get();
        String sentence = tally() + " " + everyFailure();
        ChangeReport report = end(node.outcome(), node.failure(), sentence);
        if (node.failure().isEmpty() && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(sentence, report);
        }
        throw RunFailures.failure(node.failure(), sentence, report, null);
    }

    /** Ends a change that was refused, rejected, expired or cancelled, and returns the failure that the run throws. */
    TemporalFailure fail(TemporalFailure failure) {
        EndReason reason = EndReason.ofEnd(failure);
        progress.fail(reason.sentence());
        List<NodeReport> nodes = children.await();
        boolean left = nodes.stream().anyMatch(node -> node.outcome() == RunOutcome.NOT_RESTORED);
        RunOutcome outcome = left ? RunOutcome.NOT_RESTORED : outcome(reason);
        Optional<FailureType> type = left ? Optional.of(FailureType.NOT_UNDONE) : reason.type();
        String sentence = sentence(outcome, reason);
        return RunFailures.of(reason, type, sentence, end(outcome, type, sentence), failure);
    }

    private RunOutcome outcome(EndReason reason) {
        if (reason.isCancelled()) {
            return RunOutcome.RESTORED;
        }
        FailureType type = reason.type().orElseThrow();
        if (type == FailureType.APPROVAL_REJECTED || type == FailureType.APPROVAL_EXPIRED) {
            return RunOutcome.REJECTED;
        }
        return progress.isDone(Step.CHECK_PLAN) ? RunOutcome.RESTORED : RunOutcome.REFUSED;
    }

    private String sentence(RunOutcome outcome, EndReason reason) {
        return switch (outcome) {
            case REFUSED -> "Refused: %s.".formatted(reason.sentence());
            case NOT_RESTORED -> "%s; %s".formatted(reason.sentence(), everyFailure());
            case RESTORED, REJECTED, DONE, RUNNING -> restored(reason);
        };
    }

    private String restored(EndReason reason) {
        String nodes = children.reports().isEmpty() ? "Nothing was changed" : tally();
        return "%s: %s.".formatted(nodes.replaceAll("\\.$", ""), reason.sentence());
    }

    private String doneSentence() {
        String extra = children.reports().stream().map(NodeReport::sentence).collect(Collectors.joining(" "));
        return "%s %s%s".formatted(tally(), extra, notes.isEmpty() ? "" : " " + String.join(". ", notes) + ".");
    }

    /** Returns how many of the requested nodes succeeded, and how many nodes are in service now. */
    private String tally() {
        int asked = plan.nodes().size();
        String role = "%s / %s".formatted(plan.file().name(), plan.role());
        return switch (plan.kind()) {
            case DEPLOY -> "%d of %d in service. %s has %d in service now.".formatted(entered(), asked, role, now());
            case RETIRE ->
                "%d of %d retired. %s has %d in service now.".formatted(count(RunOutcome.DONE), asked, role, now());
        };
    }

    private String everyFailure() {
        return children.reports().stream()
                .filter(node -> node.outcome() != RunOutcome.DONE)
                .map(NodeReport::sentence)
                .collect(Collectors.joining(" "));
    }

    private int entered() {
        return (int)
                children.reports().stream().filter(ChangeReports::isInService).count();
    }

    private static boolean isInService(NodeReport node) {
        return node.outcome() == RunOutcome.DONE
                && node.steps().stream()
                        .anyMatch(step -> step.step() == Step.PROBATION && step.state() == StepState.DONE);
    }

    private int now() {
        return plan.kind() == ChangeKind.DEPLOY ? membersBefore.size() + entered() : membersBefore.size() - gone();
    }

    private int gone() {
        return (int) children.reports().stream()
                .filter(node -> node.outcome() == RunOutcome.DONE && membersBefore.contains(node.name()))
                .count();
    }

    private int count(RunOutcome outcome) {
        return (int) children.reports().stream()
                .filter(node -> node.outcome() == outcome)
                .count();
    }

    /** Returns the worst report: left behind is worse than a refused approval, which is worse than a failed node. */
    private Optional<NodeReport> worst() {
        for (RunOutcome outcome :
                List.of(RunOutcome.NOT_RESTORED, RunOutcome.REJECTED, RunOutcome.REFUSED, RunOutcome.RESTORED)) {
            Optional<NodeReport> found = children.reports().stream()
                    .filter(node -> node.outcome() == outcome)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private ChangeReport end(RunOutcome outcome, Optional<FailureType> failure, String sentence) {
        ChangeReport report = report(outcome, failure, Optional.of(StepProgress.now()), sentence);
        last = report;
        progress.setPhase(
                outcome == RunOutcome.DONE
                        ? "done"
                        : outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        notifier.sendChangeFailure(report);
        return report;
    }

    /** Returns the final report once there is one, else the current state. */
    ChangeReport report() {
        return last == null ? report(RunOutcome.RUNNING, Optional.empty(), Optional.empty(), "") : last;
    }

    private ChangeReport report(
            RunOutcome outcome, Optional<FailureType> failure, Optional<Instant> ended, String sentence) {
        return new ChangeReport(
                plan,
                template,
                digest,
                approvals.waiting(),
                approvals.approval(),
                membersBefore.size(),
                now(),
                outcome,
                failure,
                progress.steps(),
                KeptEvidence.of(plan.file().name(), children.reports()),
                started,
                ended,
                sentence);
    }
}
