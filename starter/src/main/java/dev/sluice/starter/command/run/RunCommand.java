package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.Run;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunResult;
import dev.sluice.starter.watch.RunFollower;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Parameters;

/** The base of commands about one run. */
public abstract class RunCommand implements Callable<Integer> {
    /** A closed run's result is available at once. */
    private static final Duration CLOSED = Duration.ofSeconds(10);

    public final CliSession session;

    @Parameters(
            paramLabel = "RUN",
            description = "The run as printed, such as change/hello/app or change/hello/app@c4843f.")
    public String run = "";

    public RunCommand(CliSession session) {
        this.session = session;
    }

    /** Returns the run that the operator named, and prints the link to its page. */
    public RunState findRun() {
        RunState state = session.temporal().find(Run.RunReference.parse(run));
        session.err().println("Web UI  " + session.links().runPage(state.run()));
        session.err().flush();
        return state;
    }

    /** Returns the run as {@link #findRun} does; throws exit code 7 if it has ended. */
    RunState findOpenRun() {
        RunState state = findRun();
        if (state.open()) {
            return state;
        }
        throw new CliException(
                ExitCode.REJECTED,
                "Refused: %s has ended (%s).  See: %s"
                        .formatted(
                                state.run().displayName(),
                                state.status(),
                                CommandHints.show(state.run().displayName())));
    }

    /** Follows the run to its end; reports a closed run at once. */
    int follow(RunState state) {
        Class<?> report = state.reportType()
                .orElseThrow(() -> new CliException(
                        ExitCode.USAGE,
                        "%s is a %s, which has no steps to show."
                                .formatted(state.run().displayName(), state.type())));
        RunFollower<?> follower = new RunFollower<>(session, state.run(), report);
        return state.open() ? follower.follow() : follower.showClosed();
    }

    /** Returns the report from the result of a closed run, or by a query of an open one. */
    public <R> Optional<R> readReport(RunState state, Class<R> type) {
        if (state.open()) {
            return session.temporal().queryReport(state.run(), type);
        }
        return readResult(state, type).report().or(() -> session.temporal().queryReport(state.run(), type));
    }

    /** Returns the result of a closed run. */
    <R> RunResult<R> readResult(RunState state, Class<R> type) {
        try {
            return session.temporal().result(state.run(), type).get(CLOSED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unread) {
            throw new CliException(
                    ExitCode.UNREACHABLE,
                    "The result of %s cannot be read.".formatted(state.run().displayName()),
                    unread);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new CliException(ExitCode.DETACHED, "Stopped.", stop);
        }
    }
}
