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

/** Brings a person's yes or no, or a request to stop, to a run. */
public final class RunControl {
    private final TemporalClient temporal;
    private final Duration limit;

    public RunControl(TemporalClient temporal, Duration limit) {
        this.temporal = temporal;
        this.limit = limit;
    }

    /** The run's answer; empty if no worker brought it there in time. Exit code 7 if the run refuses it. */
    public Optional<String> decide(Run run, ApprovalDecision decision) {
        UpdateOptions<String> options = UpdateOptions.newBuilder(String.class)
                .setUpdateName("decide")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return Optional.of(CallDeadline.within(
                    limit,
                    () -> temporal.stub(run).startUpdate(options, decision).getResult()));
        } catch (WorkflowUpdateTimeoutOrCancelledException nobody) {
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

    /** Leaves the decision with Temporal until a worker comes. */
    public void decideLater(Run run, ApprovalDecision decision) {
        temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> {
            temporal.stub(run).signal("decideLater", decision);
            return run;
        }));
    }

    /** Asks the run to stop and to take back what it did. */
    public void cancel(Run run, String reason) {
        temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> {
            temporal.stub(run).cancel(reason);
            return run;
        }));
    }
}
