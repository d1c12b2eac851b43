package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.ShowText;
import dev.sluice.starter.text.Trouble;
import picocli.CommandLine.Command;

/** Everything that a run left to read. */
@Command(name = "show", description = "Shows a run: its steps, the verdict, and what was kept of a failed node.")
public final class Show extends RunCommand {
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
        Object report = reported(state, type).orElseThrow(() -> nothing(state));
        session.result(report, ShowText.lines(report, state.run(), session.clock()));
        return ExitCode.DONE;
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
