package dev.sluice.starter.watch;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Ended;
import dev.sluice.starter.temporal.Temporal;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.RunText;
import dev.sluice.starter.text.RunView;
import dev.sluice.starter.text.Trouble;
import dev.sluice.workflows.model.Outcome;
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
public final class Attached<R> {
    private static final Duration FIRST_LOOK = Duration.ofMillis(20);
    private static final Duration LINGERS = Duration.ofSeconds(1);

    private final Session session;
    private final Run run;
    private final Class<R> type;
    private final Progress progress;
    private Instant heard;
    private Instant changed;
    private boolean answered;
    private boolean closed;
    private int looksWaiting;
    private @Nullable R last;

    public Attached(Session session, Run run, Class<R> type) {
        this.session = session;
        this.run = run;
        this.type = type;
        this.progress = progress(session, run);
        this.heard = session.clock().instant();
        this.changed = heard;
    }

    private static Progress progress(Session session, Run run) {
        if (session.jsonLines()) {
            return new JsonProgress(session.out(), session.clock(), run);
        }
        return session.terminal()
                ? new LiveProgress(session.err(), session.clock(), session.colours(), new TerminalSize())
                : new PlainProgress(session.err(), session.clock());
    }

    /** Tells a run that has closed already. */
    public int tell() {
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
        Temporal temporal = session.temporal();
        CompletableFuture<Ended<R>> result = temporal.result(run, type);
        while (true) {
            Optional<Ended<R>> ended = wait(result);
            if (ended.isPresent()) {
                return end(ended.get());
            }
            temporal.report(run, type).ifPresent(this::heard);
            Optional<Integer> turnedAway = result.isDone() ? Optional.empty() : waiting();
            if (turnedAway.isPresent()) {
                return turnedAway.get();
            }
        }
    }

    private Optional<Ended<R>> wait(CompletableFuture<Ended<R>> result) {
        try {
            return Optional.of(result.get(pause().toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException goesOn) {
            return Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(ExitCode.DETACHED, detachedText(), stop);
        } catch (ExecutionException broken) {
            throw brokenOff(broken.getCause());
        }
    }

    /** The first look is at once; later ones leave the worker in peace for a moment. */
    private Duration pause() {
        if (closed) {
            return session.patience();
        }
        return answered ? Pace.after(Duration.between(changed, session.clock().instant())) : FIRST_LOOK;
    }

    private RuntimeException brokenOff(@Nullable Throwable cause) {
        Temporal temporal = session.temporal();
        return cause instanceof RuntimeException thrown
                ? temporal.trouble(thrown)
                : new IllegalStateException("The result of %s cannot be read".formatted(run.shown()), cause);
    }

    private void heard(R report) {
        heard = session.clock().instant();
        changed = report.equals(last) ? changed : heard;
        answered = true;
        last = report;
        // What lingers may be tried again and again: Temporal tells.
        RunView view = RunView.of(report);
        boolean lingers = Duration.between(changed, heard).compareTo(LINGERS) >= 0;
        progress.show(lingers ? session.temporal().retrying(view, run) : view);
    }

    /** Whether it waits for somebody who is not there, and what to exit with if so. */
    private Optional<Integer> waiting() {
        // Once a worker dies, Temporal asks it alone for up to ten seconds more before it asks another: no alarm yet.
        Duration silence = Duration.between(heard, session.clock().instant());
        if (silence.compareTo(answered ? session.patience().multipliedBy(2) : session.patience()) >= 0) {
            return noWorker();
        }
        if (last == null || RunView.of(last).waiting().isEmpty()) {
            return Optional.empty();
        }
        if (session.terminal()) {
            RunText.answers(RunView.of(last).planDigest(), run).forEach(progress::note);
            return Optional.empty();
        }
        // A second look: the answer or the end may be on its way.
        return ++looksWaiting < 2 ? Optional.empty() : Optional.of(close(last, ExitCode.WAITING));
    }

    private Optional<Integer> noWorker() {
        session.temporal().check();
        Trouble trouble = session.starts()
                .noWorker(
                        answered
                                ? "The run is recorded and goes on when one does."
                                : "It is recorded and starts when one does.");
        if (session.terminal()) {
            trouble.sentence().lines().forEach(progress::note);
            return Optional.empty();
        }
        progress.end();
        throw trouble;
    }

    private int end(Ended<R> ended) {
        Optional<R> report = ended.report().or(() -> session.temporal().report(run, type));
        if (report.isEmpty()) {
            progress.end();
            List<String> lines = List.of("Failed: %s.".formatted(ended.sentence()), "Next: " + next(ended));
            session.result(new Without(run.id(), run.runId(), ended.exitCode(), ended.sentence()), lines);
            return ended.exitCode();
        }
        RunView view = RunView.of(report.get());
        progress.show(view);
        if (view.outcome() == Outcome.RUNNING) {
            // The run closed without its last word: terminated, or failed in a way that left the report as it was.
            progress.end();
            session.result(report.get(), List.of("Failed: %s.".formatted(ended.sentence()), "Next: " + next(ended)));
            return ended.exitCode();
        }
        int code = ended.exitCode() == ExitCode.NOT_RESTORED ? ExitCode.NOT_RESTORED : view.exitCode();
        return close(report.get(), code);
    }

    private int close(R report, int code) {
        progress.end();
        session.result(report, RunText.ends(report, run, session.clock()));
        return code;
    }

    private String next(Ended<R> ended) {
        return ended.exitCode() == ExitCode.NOT_RESTORED ? Hints.leaks() : Hints.show(run.shown());
    }

    private void detached() {
        progress.end();
        session.err().println(detachedText());
        session.err().flush();
    }

    private String detachedText() {
        return "Detached; the run goes on.  Watch again: %s     Stop it: %s"
                .formatted(Hints.watch(run.shown()), Hints.cancel(run.shown()));
    }

    /** A run that left no report. */
    private record Without(String run, String runId, int exitCode, String sentence) {}
}
