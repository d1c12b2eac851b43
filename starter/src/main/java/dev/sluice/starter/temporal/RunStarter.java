package dev.sluice.starter.temporal;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.text.SentenceFormat;
import dev.sluice.workflows.RunOptions;
import dev.sluice.workflows.WorkflowIds;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.WorkflowIdConflictPolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributes;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts runs. */
public final class RunStarter {
    private static final Duration SHORT_RUN = Duration.ofSeconds(60);
    /** A run that changes something ends by its own limits; the CLI waits no longer than this. */
    private static final Duration LONGEST_STAY = Duration.ofMinutes(15);

    private final TemporalClient temporal;
    private final Duration patience;

    /** @param patience time without a worker after which the CLI reports that none answers */
    public RunStarter(TemporalClient temporal, Duration patience) {
        this.temporal = temporal;
        this.patience = patience;
    }

    /** The labels by which Temporal lists and shows the run. */
    public record RunLabels(SearchAttributes attributes, String summary, String details) {}

    /** Reports that a run of that ID is open: the ID is the lock. */
    public static final class AlreadyRunningException extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Run run;

        AlreadyRunningException(Run run) {
            super("%s is running".formatted(run.id()));
            this.run = run;
        }

        public Run run() {
            return run;
        }
    }

    /** Starts a run that holds resources, therefore without a timeout; throws if a run of that ID is open. */
    public Run start(Class<?> contract, String id, RunLabels labels, Object plan) throws AlreadyRunningException {
        WorkflowOptions options = options(id, labels).build();
        WorkflowStub stub = temporal.client().newUntypedWorkflowStub(contract.getSimpleName(), options);
        try {
            WorkflowExecution execution =
                    temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> stub.start(plan)));
            return new Run(execution.getWorkflowId(), execution.getRunId());
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new AlreadyRunningException(new Run(id, running.getExecution().getRunId()));
        }
    }

    /** Starts a short run that only reads, and returns its result; throws exit code 6 if no worker takes it in time. */
    public <R> R runReadOnly(
            Class<?> contract, String id, RunLabels labels, Class<R> result, Type type, Object... plan) {
        WorkflowOptions options =
                options(id, labels).setWorkflowExecutionTimeout(SHORT_RUN).build();
        return answer(startStub(contract, id, options, plan), id, SHORT_RUN, result, type);
    }

    /** Starts a short run that changes something, and returns its result. It has no timeout, which could leave half a change. */
    public <R> R runToEnd(Class<?> contract, String id, RunLabels labels, Class<R> result, Object... plan) {
        WorkflowStub stub = startStub(contract, id, options(id, labels).build(), plan);
        return answer(stub, id, LONGEST_STAY, result, result);
    }

    private WorkflowStub startStub(Class<?> contract, String id, WorkflowOptions options, Object... plan) {
        WorkflowStub stub = temporal.client().newUntypedWorkflowStub(contract.getSimpleName(), options);
        try {
            temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, () -> stub.start(plan)));
            return stub;
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new CliException(
                    ExitCode.REFUSED,
                    "Refused: %s is already running.  Watch it: %s".formatted(id, CommandHints.watch(id)),
                    running);
        }
    }

    private <R> R answer(WorkflowStub stub, String id, Duration stay, Class<R> result, Type type) {
        try {
            return stub.getResult(patience.toMillis(), TimeUnit.MILLISECONDS, result, type);
        } catch (io.temporal.client.WorkflowFailedException failed) {
            throw toException(failed);
        } catch (TimeoutException late) {
            return lateAnswer(stub, id, stay, result, type);
        } catch (RuntimeException thrown) {
            throw TemporalErrors.translate(thrown, temporal.address(), temporal.namespace());
        }
    }

    private <R> R lateAnswer(WorkflowStub stub, String id, Duration stay, Class<R> result, Type type) {
        if (!isTakenByWorker(stub)) {
            stub.terminate("the CLI timed out: no worker took the run");
            throw noWorkerException("The command was not executed.");
        }
        try {
            return stub.getResult(stay.toMillis(), TimeUnit.MILLISECONDS, result, type);
        } catch (io.temporal.client.WorkflowFailedException failed) {
            throw toException(failed);
        } catch (TimeoutException late) {
            throw new CliException(
                    ExitCode.WAITING, "%s has not answered for %d s.".formatted(id, stay.toSeconds()), late);
        }
    }

    /** Events 1 and 2 are the server's, the third is a worker's. */
    private boolean isTakenByWorker(WorkflowStub stub) {
        return temporal.call(() -> CallDeadline.within(TemporalClient.LIMIT, stub::describe))
                        .getHistoryLength()
                > 2;
    }

    private static CliException toException(io.temporal.client.WorkflowFailedException failed) {
        RunResult<String> ended = RunResult.of(failed, String.class);
        String prefix = ended.exitCode() == ExitCode.REFUSED ? "Refused: " : "Failed: ";
        return new CliException(
                ended.exitCode(),
                prefix + SentenceFormat.withFullStop(SentenceFormat.withoutPrefix("Refused: ", ended.sentence())),
                failed);
    }

    /** Returns the error of exit code 6 with the consequence for this command. */
    public CliException noWorkerException(String consequence) {
        return new CliException(
                ExitCode.WAITING,
                "No worker answers on task queue \"%s\" at %s (namespace %s).  %s%nStart one: ./sluice worker     More: %s"
                        .formatted(
                                WorkflowIds.TASK_QUEUE,
                                temporal.address(),
                                temporal.namespace(),
                                consequence,
                                CommandHints.doctor()));
    }

    private static WorkflowOptions.Builder options(String id, RunLabels labels) {
        return RunOptions.of(id)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(labels.attributes())
                .setStaticSummary(labels.summary())
                .setStaticDetails(labels.details());
    }
}
