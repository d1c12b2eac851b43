package dev.sluice.workflows.runbook.change;

import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.SluiceAttributes;
import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.activity.WorkflowInput;
import dev.sluice.workflows.activity.WorkflowInput.InvalidInputException;
import dev.sluice.workflows.model.cluster.Approval;
import dev.sluice.workflows.model.cluster.Sha256Digest;
import dev.sluice.workflows.model.plan.ChangePlan;
import dev.sluice.workflows.model.report.ChangeReport.PendingApproval;
import dev.sluice.workflows.model.report.FailureType;
import dev.sluice.workflows.model.report.Step;
import dev.sluice.workflows.runbook.run.Notifier;
import dev.sluice.workflows.runbook.run.StepProgress;
import dev.sluice.workflows.runbook.run.TextFormat;
import dev.sluice.workflows.runbook.run.Timers;
import io.temporal.common.converter.RawValue;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Requests one approval, bound to one plan and one deadline. Without a decision the approval expires. */
final class ApprovalRequest {
    private static final int SHORTEST = 6;

    private final StepProgress progress;
    private @Nullable Sha256Digest digest;
    private @Nullable PendingApproval waiting;
    private @Nullable Approval approval;
    private @Nullable ApprovalDecision decision;

    ApprovalRequest(StepProgress progress) {
        this.progress = progress;
    }

    Optional<PendingApproval> waiting() {
        return Optional.ofNullable(waiting);
    }

    Optional<Approval> approval() {
        return Optional.ofNullable(approval);
    }

    /** Returns why the input is refused, as a sentence; empty if it is accepted. */
    Optional<String> objection(@Nullable RawValue input) {
        try {
            return objection(WorkflowInput.decode(input, ApprovalDecision.class));
        } catch (InvalidInputException invalid) {
            return Optional.of("Refused: the decision cannot be used: %s. It needs approved, planDigest, by and reason."
                    .formatted(invalid.getMessage()));
        }
    }

    private Optional<String> objection(ApprovalDecision given) {
        if (decision != null) {
            return Optional.of("Refused: %s has already decided.".formatted(decision.by()));
        }
        if (waiting == null || digest == null) {
            return Optional.of("Refused: no approval is pending.");
        }
        if (!names(given, digest)) {
            return Optional.of(
                    "Refused: plan %s is pending, not plan %s.".formatted(shortened(digest), given.planDigest()));
        }
        if (!StepProgress.now().isBefore(waiting.until())) {
            return Optional.of("Refused: the approval for plan %s expired at %s; request a new plan."
                    .formatted(shortened(digest), TextFormat.format(waiting.until())));
        }
        return Optional.empty();
    }

    /** Accepts a decision that has no objection, and returns the sentence for the approver. */
    String decide(@Nullable RawValue input) {
        ApprovalDecision given = decoded(input);
        decision = given;
        String word = given.approved() ? "approved" : "rejected";
        return "Plan %s is %s by %s.".formatted(given.planDigest(), word, given.by());
    }

    private static ApprovalDecision decoded(@Nullable RawValue input) {
        try {
            return WorkflowInput.decode(input, ApprovalDecision.class);
        } catch (InvalidInputException invalid) {
            throw new IllegalStateException("The decision has no objection", invalid);
        }
    }

    /** Waits for the approval, or until it is pointless: then it is empty. Fails with APPROVAL_REJECTED or APPROVAL_EXPIRED. */
    Optional<Approval> awaitApproval(
            ChangePlan.ApprovalTerms terms,
            Sha256Digest plan,
            String what,
            Notifier notifier,
            BooleanSupplier isPointless) {
        Instant since = StepProgress.now();
        digest = plan;
        waiting = new PendingApproval(what, since, terms.until());
        progress.beginWaiting(
                Step.APPROVAL,
                "plan %s waits for approval until %s; %s"
                        .formatted(shortened(plan), TextFormat.format(terms.until()), what));
        Workflow.upsertTypedSearchAttributes(
                SluiceAttributes.EXPIRES_AT.valueSet(terms.until().atOffset(ZoneOffset.UTC)));
        notifier.sendApprovalRequest(terms, what, shortened(plan)).ifPresent(progress::addNote);
        boolean answered = Timers.awaitUntil(
                Duration.between(StepProgress.now(), terms.until()),
                "approval: expires without a decision",
                () -> decision != null || isPointless.getAsBoolean());
        waiting = null;
        if (decision != null) {
            return Optional.of(judge(decision));
        }
        if (answered) {
            progress.complete("not needed any more: every node that passed the gate has ended");
            return Optional.empty();
        }
        return expired(terms, plan);
    }

    private Approval judge(ApprovalDecision made) {
        if (!made.approved()) {
            throw TypedFailures.of(
                    FailureType.APPROVAL_REJECTED, "%s rejected the plan: %s".formatted(made.by(), made.reason()));
        }
        Approval given = new Approval(made.by(), StepProgress.now(), made.reason());
        approval = given;
        progress.complete("by %s: %s".formatted(made.by(), made.reason()));
        return given;
    }

    private static Optional<Approval> expired(ChangePlan.ApprovalTerms terms, Sha256Digest plan) {
        throw TypedFailures.of(
                FailureType.APPROVAL_EXPIRED,
                "plan %s was not approved until %s".formatted(shortened(plan), TextFormat.format(terms.until())));
    }

    private static boolean names(ApprovalDecision given, Sha256Digest plan) {
        return plan.value().startsWith(given.planDigest());
    }

    private static String shortened(Sha256Digest plan) {
        return plan.value().substring(0, SHORTEST);
    }
}
