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

/** Why a run did not reach its end, in one human sentence; a cancelled run has no failure's type. */
public record EndReason(Optional<FailureType> type, String sentence) {
    /** It becomes part of a longer sentence, so that it has no full stop of its own. */
    public EndReason {
        sentence = sentence.strip().replaceAll("\\.+$", "");
    }

    private static final Set<FailureType> REFUSALS =
            Set.of(FailureType.APPROVAL_REJECTED, FailureType.APPROVAL_EXPIRED);

    /** What a run says that was cancelled by nobody who gave words: a child never hears its change's. */
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
     * Why the run whose code calls it ends: once somebody asked for its cancel, that, whatever its step failed of before it
     * heard of it. A refused approval came before: its wait would have ended with the cancel. Runs that ended so before this
     * was known replay as they were.
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

    public boolean isCancelled() {
        return type.isEmpty();
    }

    private static EndReason typed(ApplicationFailure failure) {
        return new EndReason(TypedFailures.typeOf(failure), failure.getOriginalMessage());
    }

    /** The request's own words name who and why, when there are any. */
    public static String cancelSentence() {
        String words = CancellationScope.current().getCancellationReason();
        return words == null || words.isBlank() ? CANCELLED : CANCELLED + ": " + words;
    }

    private static String sentenceOf(Throwable failure) {
        if (failure instanceof ActivityFailure activity && within(failure, TimeoutFailure.class)) {
            return "%s gave no answer in its time, after all tries".formatted(activity.getActivityType());
        }
        return TypedFailures.sentenceOf(failure);
    }

    /** A step that gave no answer is named by what did not answer. */
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
