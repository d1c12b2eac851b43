package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.ChangeRole.ApprovalDecision;
import dev.sluice.workflows.activity.TypedFailures;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.Optional;

/** Sends an approval, a rejection or a cancellation to a run. */
public final class RunControl {
    private final TemporalClient temporal;
    private final Duration limit;

    public RunControl(TemporalClient temporal, Duration limit) {
        this.temporal = temporal;
        this.limit = limit;
    }

    /** Returns the run's answer; empty if no worker answers in time. Throws exit code 7 if the run refuses the decision. */
    public Optional<String> decide(Run run, ApprovalDecision decision) {
        UpdateOptions<String> options = UpdateOptions.newBuilder(String.class)
                .setUpdateName("decide")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return Optional.of(CallDeadline.within(
                    limit,
                    () -> temporal.stub(run).startUpdate(options, decision).getResult()));
        } catch (WorkflowUpdateTimeoutOrCancelledException unanswered) {
            return Optional.empty();
        } catch (WorkflowUpdateException refused) {
            throw new CliException(
                    ExitCode.REJECTED,
                    "Refused: " + SentenceFormat.withoutPrefix("Refused: ", TypedFailures.sentenceOf(refused)),
                    refused);
        } catch (RuntimeException thrown) {
            throw TemporalErrors.translate(thrown, temporal.address(), temporal.namespace());
        }
    }

    /** Signals the decision; Temporal holds it until a worker answers. */
    public void decideLater(Run run, ApprovalDecision decision) {
        temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> {
            temporal.stub(run).signal("decideLater", decision);
            return run;
        }));
    }

    /** Requests the run to stop and to roll back what it did. */
    public void cancel(Run run, String reason) {
        temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> {
            temporal.stub(run).cancel(reason);
            return run;
        }));
    }
}
