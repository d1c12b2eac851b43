package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import dev.sluice.starter.temporal.Decisions;
import dev.sluice.starter.temporal.RunState;
import dev.sluice.starter.text.ExitCode;
import dev.sluice.starter.text.Hints;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a run. */
@Command(name = "cancel", description = "Stops a run; it takes back what it did.")
public final class Cancel extends RunCommand {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; everybody gets to read it.")
    String reason = "";

    public Cancel(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = open();
        String why = reason.isBlank() ? "asked for by " + session.by() : "%s: %s".formatted(session.by(), reason);
        new Decisions(session.temporal(), session.patience()).cancel(state.run(), why);
        session.result(
                Map.of("run", state.run().id(), "asked", "cancel"),
                List.of("Asked to stop; what was done is taken back.  Watch it: %s"
                        .formatted(Hints.watch(state.run().shown()))));
        return ExitCode.DONE;
    }
}
