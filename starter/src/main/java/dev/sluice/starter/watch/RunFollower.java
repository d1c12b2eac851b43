package dev.sluice.starter.watch;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunResult;
import dev.sluice.starter.temporal.TemporalClient;
import dev.sluice.starter.text.RunText;
import dev.sluice.starter.text.RunView;
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

/** Follows one run: shows each step, ends with how the run ended, or with what it waits for. */
public final class RunFollower<R> {
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LINGERS = Duration.ofSeconds(1);

    private final CliSession session;
    private final Run run;
    private final Class<R> type;
    private final ProgressDisplay progress;
    private Instant heard;
    private Instant changed;
    private boolean answered;
    private boolean closed;
    private int looksWaiting;
    private @Nullable R last;

    public RunFollower(CliSession session, Run run, Class<R> type) {
        this.session = session;
        this.run = run;
        this.type = type;
        this.progress = progress(session, run);
        this.heard = session.clock().instant();
        this.changed = heard;
    }

    private static ProgressDisplay progress(CliSession session, Run run) {
        if (session.isJsonLines()) {
            return new JsonProgress(session.out(), session.clock(), run);
        }
        return session.isTerminal()
                ? new LiveProgress(session.err(), session.clock(), session.hasColours(), new TerminalSize())
                : new PlainProgress(session.err(), session.clock());
    }

    /** Tells a run that has closed already. */
    public int showClosed() {
        closed = true;
        return watch();
    }

    /** Returns the exit code once the run has ended or, away from a terminal, waits for a person or a worker. */
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
            temporal.queryReport(run, type).ifPresent(this::heard);
            Optional<Integer> turnedAway = result.isDone() ? Optional.empty() : checkWaiting();
            if (turnedAway.isPresent()) {
                return turnedAway.get();
            }
        }
    }

    private Optional<RunResult<R>> wait(CompletableFuture<RunResult<R>> result) {
        try {
            return Optional.of(result.get(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException goesOn) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.DETACHED, detachedText(), stop);
        } catch (ExecutionException broken) {
            throw brokenOff(broken.getCause());
        }
    }

    /** The first look is at once; later ones leave the worker in peace for a moment. */
    private Duration pause() {
        if (closed) {
            return session.patience();
        }
        return answered
                ? PollInterval.after(Duration.between(changed, session.clock().instant()))
                : FIRST_LOOK;
    }

    private RuntimeException brokenOff(@Nullable Throwable cause) {
        TemporalClient temporal = session.temporal();
        return cause instanceof RuntimeException thrown
                ? temporal.translate(thrown)
                : new IllegalStateException("The result of %s cannot be read".formatted(run.displayName()), cause);
    }

    private void heard(R report) {
        heard = session.clock().instant();
        changed = report.equals(last) ? changed : heard;
        answered = true;
        last = report;
        // What lingers may be tried again and again: Temporal tells.
        RunView view = RunView.of(report);
        boolean lingers = Duration.between(changed, heard).compareTo(LINGERS) >= 0;
        progress.show(lingers ? session.temporal().addPendingRetries(view, run) : view);
    }

    /** Whether it waits for somebody who is not there, and what to exit with if so. */
    private Optional<Integer> checkWaiting() {
        // Once a worker dies, Temporal asks it alone for up to ten seconds more before it asks another: no alarm yet.
        Duration silence = Duration.between(heard, session.clock().instant());
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
        // A second look: the answer or the end may be on its way.
        return ++looksWaiting < 2 ? Optional.empty() : Optional.of(close(last, ExitCode.WAITING));
    }

    private Optional<Integer> reportNoWorker() {
        session.temporal().check();
        CliException trouble = session.starts()
                .noWorkerException(
                        answered
                                ? "The run is recorded and goes on when one does."
                                : "It is recorded and starts when one does.");
        if (session.isTerminal()) {
            trouble.sentence().lines().forEach(progress::note);
            return Optional.empty();
        }
        progress.end();
        throw trouble;
    }

    private int reportEnd(RunResult<R> ended) {
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
            // The run closed without its last word: terminated, or failed in a way that left the report as it was.
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
        return "Detached; the run goes on.  Watch again: %s     Stop it: %s"
                .formatted(CommandHints.watch(run.displayName()), CommandHints.cancel(run.displayName()));
    }

    /** A run that left no report. */
    private record MissingReport(String run, String runId, int exitCode, String sentence) {}
}
