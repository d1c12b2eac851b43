package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import dev.sluice.starter.text.Run;
import dev.sluice.starter.text.Trouble;
import dev.sluice.starter.watch.Attached;
import java.util.concurrent.Callable;
import picocli.CommandLine.Parameters;

/** A command about one run. */
abstract class RunCommand implements Callable<Integer> {
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
}
