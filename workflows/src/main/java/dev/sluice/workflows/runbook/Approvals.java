package dev.sluice.workflows.runbook;

import static java.util.Objects.requireNonNull;

import dev.sluice.workflows.ChangeRole.Decision;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.activity.Failures;
import dev.sluice.workflows.model.Approval;
import dev.sluice.workflows.model.ChangePlan;
import dev.sluice.workflows.model.ChangeReport.Waiting;
import dev.sluice.workflows.model.Digest;
import dev.sluice.workflows.model.FailureType;
import dev.sluice.workflows.model.Step;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One yes or no of a person, bound to one plan and one deadline. Silence is a no. */
final class Approvals {
    private static final int SHORTEST = 6;

    private final Progress progress;
    private @Nullable Digest digest;
    private @Nullable Waiting waiting;
    private @Nullable Approval approval;
    private @Nullable Decision decision;

    Approvals(Progress progress) {
        this.progress = progress;
    }

    Optional<Waiting> waiting() {
        return Optional.ofNullable(waiting);
    }

    Optional<Approval> approval() {
        return Optional.ofNullable(approval);
    }

    /** Why the decision cannot be taken, as a sentence; empty if it can. */
    Optional<String> objection(Decision given) {
        if (decision != null) {
            return Optional.of("Refused: %s has already decided.".formatted(decision.by()));
        }
        if (waiting == null || digest == null) {
            return Optional.of("Refused: nothing waits for an approval now.");
        }
        if (!names(given, digest)) {
            return Optional.of(
                    "Refused: what waits is plan %s, not plan %s.".formatted(shortened(digest), given.planDigest()));
        }
        if (given.by().isBlank()) {
            return Optional.of("Refused: an approval names who gives it.");
        }
        if (!Progress.now().isBefore(waiting.until())) {
            return Optional.of("Refused: the approval for plan %s ended at %s; ask for a new plan."
                    .formatted(shortened(digest), Words.of(waiting.until())));
        }
        return Optional.empty();
    }

    /** Takes a decision that has no objection. */
    String decide(Decision given) {
        decision = given;
        String word = given.approved() ? "approved" : "rejected";
        return "Plan %s is %s by %s.".formatted(given.planDigest(), word, given.by());
    }

    /** Waits until a person said yes; fails with APPROVAL_REJECTED or APPROVAL_EXPIRED. */
    Approval ask(ChangePlan.ApprovalTerms terms, Digest plan, String what, Telling telling) {
        Instant since = Progress.now();
        digest = plan;
        waiting = new Waiting(what, since, terms.until());
        progress.waits(
                Step.APPROVAL,
                "plan %s waits for a yes until %s; %s".formatted(shortened(plan), Words.of(terms.until()), what));
        Workflow.upsertTypedSearchAttributes(
                Names.EXPIRES_AT.valueSet(terms.until().atOffset(ZoneOffset.UTC)));
        telling.waits(terms, what, shortened(plan)).ifPresent(progress::note);
        boolean answered = Wait.until(
                Duration.between(Progress.now(), terms.until()),
                "approval: nobody's answer is a no",
                () -> decision != null);
        waiting = null;
        return answered ? judge(requireNonNull(decision)) : expired(terms, plan);
    }

    private Approval judge(Decision made) {
        if (!made.approved()) {
            throw Failures.of(
                    FailureType.APPROVAL_REJECTED, "%s rejected the plan: %s".formatted(made.by(), made.reason()));
        }
        Approval given = new Approval(made.by(), Progress.now(), made.reason());
        approval = given;
        progress.done("by %s: %s".formatted(made.by(), made.reason()));
        return given;
    }

    private static Approval expired(ChangePlan.ApprovalTerms terms, Digest plan) {
        throw Failures.of(
                FailureType.APPROVAL_EXPIRED,
                "nobody approved plan %s until %s".formatted(shortened(plan), Words.of(terms.until())));
    }

    private static boolean names(Decision given, Digest plan) {
        return given.planDigest().length() >= SHORTEST && plan.value().startsWith(given.planDigest());
    }

    private static String shortened(Digest plan) {
        return plan.value().substring(0, SHORTEST);
    }
}
