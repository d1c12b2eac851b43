package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Ended;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.watch.Attached;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** A command about one run. */
abstract class RunCommand implements Callable<Integer> {
    /** A closed run's end is there already. */
    private static final Duration CLOSED = Duration.ofSeconds(10);

    final Session session;

    @Parameters(
            paramLabel = "RUN",
            description = "The run as printed lines name it, such as change/hello/app or change/hello/app@c4843f.")
    String run = "";

    RunCommand(Session session) {
        this.session = session;
    }

    /** The run that is meant; prints the link to its page. */
    RunState found() {
        RunState state = session.temporal().find(Run.Reference.parse(run));
        session.err().println("Web UI  " + session.links().of(state.run()));
        session.err().flush();
        return state;
    }

    /** The same, refused if it has ended. */
    RunState open() {
        RunState state = found();
        if (state.open()) {
            return state;
        }
        throw new Trouble(
                ExitCode.REJECTED,
                "Refused: %s has ended already (%s).  See how: %s"
                        .formatted(
                                state.run().shown(),
                                state.status(),
                                Hints.show(state.run().shown())));
    }

    /** Follows it to its end; a closed one is told at once. */
    int follow(RunState state) {
        Class<?> report = state.report()
                .orElseThrow(() -> new Trouble(
                        ExitCode.USAGE,
                        "%s is a %s, which has no steps to show."
                                .formatted(state.run().shown(), state.type())));
        Attached<?> attached = new Attached<>(session, state.run(), report);
        return state.open() ? attached.follow() : attached.tell();
    }

    /** A closed run carries its report with it; an open one is asked. */
    <R> Optional<R> reported(RunState state, Class<R> type) {
        if (state.open()) {
            return session.temporal().report(state.run(), type);
        }
        return ended(state, type).report().or(() -> session.temporal().report(state.run(), type));
    }

    /** How a closed run ended. */
    <R> Ended<R> ended(RunState state, Class<R> type) {
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
}
