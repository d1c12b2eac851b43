package dev.sluice.starter.temporal;

import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Sentence;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.ChangeRole.Decision;
import dev.sluice.workflows.activity.Failures;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.client.WorkflowUpdateTimeoutOrCancelledException;
import java.time.Duration;
import java.util.Optional;

/** Brings a person's yes or no, or a request to stop, to a run. */
public final class Decisions {
    private final Temporal temporal;
    private final Duration limit;

    public Decisions(Temporal temporal, Duration limit) {
        this.temporal = temporal;
        this.limit = limit;
    }

    /** The run's answer; empty if no worker brought it there in time. Exit code 7 if the run refuses it. */
    public Optional<String> decide(Run run, Decision decision) {
        UpdateOptions<String> options = UpdateOptions.newBuilder(String.class)
                .setUpdateName("decide")
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build();
        try {
            return Optional.of(Deadline.within(
                    limit,
                    () -> temporal.stub(run).startUpdate(options, decision).getResult()));
        } catch (WorkflowUpdateTimeoutOrCancelledException nobody) {
            return Optional.empty();
        } catch (WorkflowUpdateException refused) {
            throw new Trouble(
                    ExitCode.REJECTED,
                    "Refused: " + Sentence.without("Refused: ", Failures.sentence(refused)),
                    refused);
        } catch (RuntimeException thrown) {
            throw Troubles.of(thrown, temporal.address(), temporal.namespace());
        }
    }

    /** Leaves the decision with Temporal until a worker comes. */
    public void decideLater(Run run, Decision decision) {
        temporal.call(() -> Deadline.within(Temporal.LIMIT, () -> {
            temporal.stub(run).signal("decideLater", decision);
            return run;
        }));
    }

    /** Asks the run to stop and to take back what it did. */
    public void cancel(Run run, String reason) {
        temporal.call(() -> Deadline.within(Temporal.LIMIT, () -> {
            temporal.stub(run).cancel(reason);
            return run;
        }));
    }
}
