package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Ended;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.ShowText;
import dev.sluice.starter.text.Trouble;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;

/** Everything that a run left to read. */
@Command(name = "show", description = "Shows a run: its steps, the verdict, and what was kept of a failed node.")
public final class Show extends RunCommand {
    /** A closed run's end is there already. */
    private static final Duration CLOSED = Duration.ofSeconds(10);

    public Show(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = found();
        Class<?> type = state.report()
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE,
                        "%s is a %s, which has no report.".formatted(state.run().shown(), state.type())));
        Object report = report(state, type).orElseThrow(() -> nothing(state));
        session.result(report, ShowText.lines(report, state.run(), session.clock()));
        return ExitCode.DONE;
    }

    /** A closed run carries its report with it; an open one is asked. */
    private <R> Optional<R> report(RunState state, Class<R> type) {
        if (state.open()) {
            return session.temporal().report(state.run(), type);
        }
        return ended(state, type).report().or(() -> session.temporal().report(state.run(), type));
    }

    private <R> Ended<R> ended(RunState state, Class<R> type) {
        try {
            return session.temporal().result(state.run(), type).get(CLOSED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unread) {
            throw new Trouble(
                    ExitCode.UNREACHABLE,
                    "The end of %s cannot be read.".formatted(state.run().shown()),
                    unread);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new Trouble(ExitCode.DETACHED, "Stopped.", stop);
        }
    }

    private Trouble nothing(RunState state) {
        if (state.open()) {
            return session.starts()
                    .noWorker("What Temporal knows: %s, %s, since %s."
                            .formatted(state.run().shown(), state.phase().orElse(state.status()), state.started()));
        }
        return new Trouble(
                ExitCode.WAITING,
                "%s is %s and left no report; a worker may still tell it, none answers."
                        .formatted(state.run().shown(), state.status()));
    }
}
