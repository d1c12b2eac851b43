package dev.sluice.workflows.runbook;

import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangePlan.Kind;
import dev.sluice.workflows.model.ChangeReport;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.NodeName;
import dev.sluice.workflows.model.NodeReport;
import dev.sluice.workflows.model.Outcome;
import dev.sluice.workflows.model.Step;
import dev.sluice.workflows.model.StepReport.State;
import dev.sluice.workflows.model.Template;
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

/** What a change reports, while it goes on and at its end; the worst of its nodes decides how it ended. */
final class ChangeEnding {
    private final ChangePlan plan;
    private final Progress progress;
    private final Approvals approvals;
    private final Children children;
    private final Telling telling;
    private final Instant started = Progress.now();
    private final List<String> notes = new ArrayList<>();
    private Optional<Template> template = Optional.empty();
    private Optional<Digest> digest = Optional.empty();
    private Set<NodeName> membersBefore = Set.of();
    private @Nullable ChangeReport last;

    ChangeEnding(ChangePlan plan, Progress progress, Approvals approvals, Children children, Telling telling) {
        this.plan = plan;
        this.progress = progress;
        this.approvals = approvals;
        this.children = children;
        this.telling = telling;
    }

    void checked(PlanCheck.Found found, Digest plan) {
        template = found.template();
        digest = Optional.of(plan);
        membersBefore = found.inService(this.plan.role());
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    boolean anyDone() {
        return count(Outcome.DONE) > 0;
    }

    /** The report, or the failure that carries it: the worst of the nodes decides. */
    ChangeReport finish() {
        // Detached: in a cancelled run every wait ends at once, and the run would have no last word.
        Workflow.newDetachedCancellationScope(() -> Workflow.await(Workflow::isEveryHandlerFinished))
                .run();
        Optional<NodeReport> worst = worst();
        if (worst.isEmpty()) {
            return end(Outcome.DONE, Optional.empty(), doneSentence());
        }
        NodeReport node = worst.get();
        String sentence = tally() + " " + everyFailure();
        ChangeReport report = end(node.outcome(), node.failure(), sentence);
        if (node.failure().isEmpty() && CancellationScope.current().isCancelRequested()) {
            throw new CanceledFailure(sentence, report);
        }
        throw Endings.failure(node.failure(), sentence, report, null);
    }

    /** The change itself did not get to its end: refused, rejected, expired or cancelled. */
    TemporalFailure failed(TemporalFailure failure) {
        Reason reason = Reason.ofEnd(failure);
        progress.failed(reason.sentence());
        List<NodeReport> nodes = children.await();
        boolean left = nodes.stream().anyMatch(node -> node.outcome() == Outcome.NOT_RESTORED);
        Outcome outcome = left ? Outcome.NOT_RESTORED : outcome(reason);
        Optional<FailureType> type = left ? Optional.of(FailureType.NOT_UNDONE) : reason.type();
        String sentence = sentence(outcome, reason);
        return Endings.of(reason, type, sentence, end(outcome, type, sentence), failure);
    }

    private Outcome outcome(Reason reason) {
        if (reason.cancelled()) {
            return Outcome.RESTORED;
        }
        FailureType type = reason.type().orElseThrow();
        if (type == FailureType.APPROVAL_REJECTED || type == FailureType.APPROVAL_EXPIRED) {
            return Outcome.REJECTED;
        }
        return progress.did(Step.CHECK_PLAN) ? Outcome.RESTORED : Outcome.REFUSED;
    }

    private String sentence(Outcome outcome, Reason reason) {
        return switch (outcome) {
            case REFUSED -> "Refused: %s.".formatted(reason.sentence());
            case NOT_RESTORED -> "%s; %s".formatted(reason.sentence(), everyFailure());
            case RESTORED, REJECTED, DONE, RUNNING -> restored(reason);
        };
    }

    private String restored(Reason reason) {
        String nodes = children.reports().isEmpty() ? "Nothing was changed" : tally();
        return "%s: %s.".formatted(nodes.replaceAll("\\.$", ""), reason.sentence());
    }

    private String doneSentence() {
        String extra = children.reports().stream().map(NodeReport::sentence).collect(Collectors.joining(" "));
        return "%s %s%s".formatted(tally(), extra, notes.isEmpty() ? "" : " " + String.join(". ", notes) + ".");
    }

    /** How many of how many, and how many members there are now. */
    private String tally() {
        int asked = plan.nodes().size();
        String role = "%s / %s".formatted(plan.file().name(), plan.role());
        return switch (plan.kind()) {
            case DEPLOY -> "%d of %d in service. %s has %d in service now.".formatted(entered(), asked, role, now());
            case RETIRE ->
                "%d of %d retired. %s has %d in service now.".formatted(count(Outcome.DONE), asked, role, now());
        };
    }

    private String everyFailure() {
        return children.reports().stream()
                .filter(node -> node.outcome() != Outcome.DONE)
                .map(NodeReport::sentence)
                .collect(Collectors.joining(" "));
    }

    private int entered() {
        return (int)
                children.reports().stream().filter(ChangeEnding::isInService).count();
    }

    private static boolean isInService(NodeReport node) {
        return node.outcome() == Outcome.DONE
                && node.steps().stream().anyMatch(step -> step.step() == Step.PROBATION && step.state() == State.DONE);
    }

    private int now() {
        return plan.kind() == Kind.DEPLOY ? membersBefore.size() + entered() : membersBefore.size() - gone();
    }

    private int gone() {
        return (int) children.reports().stream()
                .filter(node -> node.outcome() == Outcome.DONE && membersBefore.contains(node.name()))
                .count();
    }

    private int count(Outcome outcome) {
        return (int) children.reports().stream()
                .filter(node -> node.outcome() == outcome)
                .count();
    }

    /** Something left behind is worse than a refused approval, and that is worse than a node that failed. */
    private Optional<NodeReport> worst() {
        for (Outcome outcome : List.of(Outcome.NOT_RESTORED, Outcome.REJECTED, Outcome.REFUSED, Outcome.RESTORED)) {
            Optional<NodeReport> found = children.reports().stream()
                    .filter(node -> node.outcome() == outcome)
                    .findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private ChangeReport end(Outcome outcome, Optional<FailureType> failure, String sentence) {
        ChangeReport report = report(outcome, failure, Optional.of(Progress.now()), sentence);
        last = report;
        progress.phase(
                outcome == Outcome.DONE
                        ? "done"
                        : outcome.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        telling.ended(report);
        return report;
    }

    /** The final report once there is one, else the state of things. */
    ChangeReport report() {
        return last == null ? report(Outcome.RUNNING, Optional.empty(), Optional.empty(), "") : last;
    }

    private ChangeReport report(
            Outcome outcome, Optional<FailureType> failure, Optional<Instant> ended, String sentence) {
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
                children.reports(),
                started,
                ended,
                sentence);
    }
}
