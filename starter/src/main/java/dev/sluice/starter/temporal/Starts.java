package dev.sluice.starter.temporal;

import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Sentence;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.Names;
import dev.sluice.workflows.RunOptions;
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
public final class Starts {
    private static final Duration SHORT_RUN = Duration.ofSeconds(60);
    /** A run that changes something ends by its own limits; the operator may look away before. */
    private static final Duration LONGEST_STAY = Duration.ofMinutes(15);

    private final Temporal temporal;
    private final Duration patience;

    /** The patience: longer than that without a worker, and the operator hears of it. */
    public Starts(Temporal temporal, Duration patience) {
        this.temporal = temporal;
        this.patience = patience;
    }

    /** What Temporal shows and lists the run by. */
    public record Labels(SearchAttributes attributes, String summary, String details) {}

    /** Another run has that id: the id is the lock. */
    public static final class Taken extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Run run;

        Taken(Run run) {
            super("%s is running".formatted(run.id()));
            this.run = run;
        }

        public Run run() {
            return run;
        }
    }

    /** Starts a run that holds resources, hence without any time limit; a running one of that id is left alone. */
    public Run start(Class<?> contract, String id, Labels labels, Object plan) throws Taken {
        WorkflowOptions options = options(id, labels).build();
        WorkflowStub stub = temporal.client().newUntypedWorkflowStub(contract.getSimpleName(), options);
        try {
            WorkflowExecution execution = temporal.call(() -> Deadline.within(Temporal.LIMIT, () -> stub.start(plan)));
            return new Run(execution.getWorkflowId(), execution.getRunId());
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new Taken(new Run(id, running.getExecution().getRunId()));
        }
    }

    /** Runs one that only looks, hence a short one, and waits for its answer; exit code 6 if no worker takes it in time. */
    public <R> R ask(Class<?> contract, String id, Labels labels, Class<R> result, Type type, Object... plan) {
        WorkflowOptions options =
                options(id, labels).setWorkflowExecutionTimeout(SHORT_RUN).build();
        return answer(started(contract, id, options, plan), id, SHORT_RUN, result, type);
    }

    /** The same for one that changes something: it has no time limit, since one that is cut off would leave a half. */
    public <R> R carryOut(Class<?> contract, String id, Labels labels, Class<R> result, Object... plan) {
        WorkflowStub stub = started(contract, id, options(id, labels).build(), plan);
        return answer(stub, id, LONGEST_STAY, result, result);
    }

    private WorkflowStub started(Class<?> contract, String id, WorkflowOptions options, Object... plan) {
        WorkflowStub stub = temporal.client().newUntypedWorkflowStub(contract.getSimpleName(), options);
        try {
            temporal.call(() -> Deadline.within(Temporal.LIMIT, () -> stub.start(plan)));
            return stub;
        } catch (WorkflowExecutionAlreadyStarted running) {
            throw new Trouble(
                    ExitCode.REFUSED,
                    "Refused: %s is being done already.  Watch it: %s".formatted(id, Hints.watch(id)),
                    running);
        }
    }

    private <R> R answer(WorkflowStub stub, String id, Duration stay, Class<R> result, Type type) {
        try {
            return stub.getResult(patience.toMillis(), TimeUnit.MILLISECONDS, result, type);
        } catch (io.temporal.client.WorkflowFailedException failed) {
            throw failed(failed);
        } catch (TimeoutException late) {
            return lateAnswer(stub, id, stay, result, type);
        } catch (RuntimeException thrown) {
            throw Troubles.of(thrown, temporal.address(), temporal.namespace());
        }
    }

    private <R> R lateAnswer(WorkflowStub stub, String id, Duration stay, Class<R> result, Type type) {
        if (!taken(stub)) {
            stub.terminate("the CLI gave up: no worker took it");
            throw noWorker("It was not done.");
        }
        try {
            return stub.getResult(stay.toMillis(), TimeUnit.MILLISECONDS, result, type);
        } catch (io.temporal.client.WorkflowFailedException failed) {
            throw failed(failed);
        } catch (TimeoutException late) {
            throw new Trouble(ExitCode.WAITING, "%s has not answered for %d s.".formatted(id, stay.toSeconds()), late);
        }
    }

    /** Events 1 and 2 are the server's; the third is a worker's. */
    private boolean taken(WorkflowStub stub) {
        return temporal.call(() -> Deadline.within(Temporal.LIMIT, stub::describe))
                        .getHistoryLength()
                > 2;
    }

    private static Trouble failed(io.temporal.client.WorkflowFailedException failed) {
        Ended<String> ended = Ended.of(failed, String.class);
        String word = ended.exitCode() == ExitCode.REFUSED ? "Refused: " : "Failed: ";
        return new Trouble(
                ended.exitCode(), word + Sentence.ended(Sentence.without("Refused: ", ended.sentence())), failed);
    }

    /** The sentence for exit code 6. */
    public Trouble noWorker(String consequence) {
        return new Trouble(
                ExitCode.WAITING,
                "No worker answers on task queue \"%s\" at %s (namespace %s).  %s%nStart one: ./sluice worker     More: %s"
                        .formatted(
                                Names.TASK_QUEUE,
                                temporal.address(),
                                temporal.namespace(),
                                consequence,
                                Hints.doctor()));
    }

    private static WorkflowOptions.Builder options(String id, Labels labels) {
        return RunOptions.of(id)
                .setWorkflowIdConflictPolicy(WorkflowIdConflictPolicy.WORKFLOW_ID_CONFLICT_POLICY_FAIL)
                .setTypedSearchAttributes(labels.attributes())
                .setStaticSummary(labels.summary())
                .setStaticDetails(labels.details());
    }
}
