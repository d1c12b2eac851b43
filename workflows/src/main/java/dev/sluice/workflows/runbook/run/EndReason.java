package dev.sluice.workflows.runbook.run;

import dev.sluice.workflows.activity.TypedFailures;
import dev.sluice.workflows.model.report.FailureType;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TimeoutFailure;
import io.temporal.workflow.CancellationScope;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a run ended early, in one sentence; a cancelled run has no failure type. */
public record EndReason(Optional<FailureType> type, String sentence) {
    /** Removes the full stop, since the sentence becomes part of a longer one. */
    public EndReason {
        sentence = sentence.strip().replaceAll("\\.+$", "");
    }

    private static final Set<FailureType> REFUSALS =
            Set.of(FailureType.APPROVAL_REJECTED, FailureType.APPROVAL_EXPIRED);

    /** The sentence of a run that was cancelled without a reason: a child does not receive its change's reason. */
    public static final String CANCELLED = "it was cancelled";

    public static EndReason of(Throwable failure) {
        if (within(failure, CanceledFailure.class)) {
            return new EndReason(Optional.empty(), cancelSentence());
        }
        return TypedFailures.findTyped(failure)
                .map(EndReason::typed)
                .orElseGet(() -> new EndReason(Optional.of(typeOf(failure)), sentenceOf(failure)));
    }

    /**
     * Returns why the calling run ends. Once its cancel was requested, the cancel is the reason, although a step may
     * have failed before it received the cancel. A refused approval is older: its wait would have ended with the
     * cancel.
     */
    public static EndReason ofEnd(Throwable failure) {
        EndReason step = of(failure);
        if (step.isCancelled()
                || step.isApprovalRefusal()
                || !CancellationScope.current().isCancelRequested()) {
            return step;
        }
        return new EndReason(Optional.empty(), "%s; %s".formatted(step.sentence(), cancelSentence()));
    }

    private boolean isApprovalRefusal() {
        return type.filter(REFUSALS::contains).isPresent();
    }

    /** Whether Temporal's Reset began a run again that had ended. */
    public boolean isRepeatedRun() {
        return type.equals(Optional.of(FailureType.RUN_REPEATED));
    }

    public boolean isCancelled() {
        return type.isEmpty();
    }

    private static EndReason typed(ApplicationFailure failure) {
        return new EndReason(TypedFailures.typeOf(failure), failure.getOriginalMessage());
    }

    /** Returns the sentence of a cancel, with the operator's reason if there is one. */
    public static String cancelSentence() {
        String words = CancellationScope.current().getCancellationReason();
        return words == null || words.isBlank() ? CANCELLED : CANCELLED + ": " + words;
    }

    private static String sentenceOf(Throwable failure) {
        if (failure instanceof ActivityFailure activity && within(failure, TimeoutFailure.class)) {
            return "%s timed out after all retries".formatted(activity.getActivityType());
        }
        return TypedFailures.sentenceOf(failure);
    }

    /** Returns the type of a step that timed out: by the resource that did not answer. */
    private static FailureType typeOf(Throwable failure) {
        String activity = failure instanceof ActivityFailure known ? known.getActivityType() : "";
        if (activity.startsWith("Node.")) {
            return FailureType.NODE_UNREACHABLE;
        }
        if (activity.startsWith("Membership.") || activity.startsWith("Proxy.")) {
            return FailureType.PROXY_UNREACHABLE;
        }
        return FailureType.CLOUD_UNCLEAR;
    }

    private static boolean within(@Nullable Throwable thrown, Class<? extends Throwable> kind) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (kind.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
