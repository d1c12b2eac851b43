package dev.sluice.starter.watch;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunView;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunResult;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.RunText;
import dev.sluice.workflows.model.report.RunOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Follows one run: shows each step, then how the run ended or what it is waiting for. */
public final class RunFollower<R> {
    private static final Duration FIRST_POLL = Duration.ofMillis(20);
    private static final Duration UNCHANGED = Duration.ofSeconds(1);

    private final CliSession session;
    private final Run run;
    private final Class<R> type;
    private final ProgressDisplay progress;
    private Instant received;
    private Instant changed;
    private boolean answered;
    private boolean closed;
    private int pollsWaiting;
    private @Nullable R last;

    public RunFollower(CliSession session, Run run, Class<R> type) {
        this.session = session;
        this.run = run;
        this.type = type;
        this.progress = progress(session, run);
        this.received = session.clock().instant();
        this.changed = received;
    }

    private static ProgressDisplay progress(CliSession session, Run run) {
        if (session.isJsonLines()) {
            return new JsonProgress(session.out(), session.clock(), run);
        }
        return session.isTerminal()
                ? new LiveProgress(session.screen(), session.clock(), session.hasColours(), new TerminalSize())
                : new PlainProgress(session.err(), session.clock());
    }

    /** Shows a run that has closed, and returns its exit code. */
    public int showClosed() {
        closed = true;
        return watch();
    }

    /** Returns the exit code once the run has ended or, without a terminal, waits for an approval or a worker. */
    public int follow() {
        Thread detach = new Thread(this::detached, "detach");
        Runtime.getRuntime().addShutdownHook(detach);
        try {
            return watch();
        } finally {
            Runtime.getRuntime().removeShutdownHook(detach);
        }
    }

    private int watch() {
        TemporalClient temporal = session.temporal();
        CompletableFuture<RunResult<R>> result = temporal.result(run, type);
        while (true) {
            Optional<RunResult<R>> ended = wait(result);
            if (ended.isPresent()) {
                return reportEnd(ended.get());
            }
            temporal.queryReport(run, type).ifPresent(this::receive);
            Optional<Integer> code = result.isDone() ? Optional.empty() : checkWaiting();
            if (code.isPresent()) {
                return code.get();
            }
        }
    }

    private Optional<RunResult<R>> wait(CompletableFuture<RunResult<R>> result) {
        try {
            return Optional.of(result.get(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.DETACHED, detachedText(), stop);
        } catch (ExecutionException broken) {
            throw brokenOff(broken.getCause());
        }
    }

    /** Returns the time until the next poll; the first one follows at once. */
    private Duration pause() {
        if (closed) {
            return session.patience();
        }
        return answered
                ? PollInterval.after(Duration.between(changed, session.clock().instant()))
                : FIRST_POLL;
    }

    private RuntimeException brokenOff(@Nullable Throwable cause) {
        TemporalClient temporal = session.temporal();
        return cause instanceof RuntimeException thrown
                ? temporal.translate(thrown)
                : new IllegalStateException("The result of %s cannot be read".formatted(run.displayName()), cause);
    }

    private void receive(R report) {
        received = session.clock().instant();
        changed = report.equals(last) ? changed : received;
        answered = true;
        last = report;
        // A step that does not change may be in retry; Temporal knows.
        RunView view = RunView.of(report);
        boolean unchanged = Duration.between(changed, received).compareTo(UNCHANGED) >= 0;
        progress.show(unchanged ? session.temporal().addPendingRetries(view, run) : view);
    }

    /** Returns the exit code if the run waits for a worker or an approval and no terminal is attached. */
    private Optional<Integer> checkWaiting() {
        // Temporal queries a dead worker alone for up to ten seconds before it queries another one: no alarm yet.
        Duration silence = Duration.between(received, session.clock().instant());
        if (silence.compareTo(answered ? session.patience().multipliedBy(2) : session.patience()) >= 0) {
            return reportNoWorker();
        }
        if (last == null || RunView.of(last).waiting().isEmpty()) {
            return Optional.empty();
        }
        if (session.isTerminal()) {
            RunText.answerCommands(RunView.of(last).planDigest(), run).forEach(progress::note);
            return Optional.empty();
        }
        // Polls a second time, because the approval or the end may be on its way.
        return ++pollsWaiting < 2 ? Optional.empty() : Optional.of(close(last, ExitCode.WAITING));
    }

    private Optional<Integer> reportNoWorker() {
        session.temporal().check();
        CliException error = session.starts()
                .noWorkerException(
                        answered
                                ? "The run is recorded and continues when one does."
                                : "The run is recorded and starts when one does.");
        if (session.isTerminal()) {
            error.sentence().lines().forEach(progress::note);
            return Optional.empty();
        }
        progress.end();
        throw error;
    }

    private int reportEnd(RunResult<R> ended) {
        Optional<Run> reset = ended.isEndedFromOutside() ? session.temporal().findReset(run) : Optional.empty();
        if (reset.isPresent()) {
            progress.note("%s was reset in Temporal; its new execution continues: %s"
                    .formatted(run.displayName(), reset.get().displayName()));
            progress.end();
            RunFollower<R> next = new RunFollower<>(session, reset.get(), type);
            return closed ? next.showClosed() : next.watch();
        }
        Optional<R> report = ended.report().or(() -> session.temporal().queryReport(run, type));
        if (report.isEmpty()) {
            progress.end();
            List<String> lines = List.of("Failed: %s.".formatted(ended.sentence()), "Next: " + next(ended));
            session.printResult(new MissingReport(run.id(), run.runId(), ended.exitCode(), ended.sentence()), lines);
            return ended.exitCode();
        }
        RunView view = RunView.of(report.get());
        progress.show(view);
        if (view.outcome() == RunOutcome.RUNNING) {
            // The run closed without a final report: it was terminated, or failed in a way that did not update the
            // report.
            progress.end();
            session.printResult(
                    report.get(), List.of("Failed: %s.".formatted(ended.sentence()), "Next: " + next(ended)));
            return ended.exitCode();
        }
        int code = ended.exitCode() == ExitCode.NOT_RESTORED ? ExitCode.NOT_RESTORED : view.exitCode();
        return close(report.get(), code);
    }

    private int close(R report, int code) {
        progress.end();
        session.printResult(report, RunText.lastLines(report, run, session.clock()));
        return code;
    }

    private String next(RunResult<R> ended) {
        return ended.exitCode() == ExitCode.NOT_RESTORED ? CommandHints.leaks() : CommandHints.show(run.displayName());
    }

    private void detached() {
        progress.end();
        session.err().println(detachedText());
        session.err().flush();
    }

    private String detachedText() {
        return "Detached; the run continues.  Watch again: %s     Stop it: %s"
                .formatted(CommandHints.watch(run.displayName()), CommandHints.cancel(run.displayName()));
    }

    /** A run that left no report. */
    private record MissingReport(String run, String runId, int exitCode, String sentence) {}
}
