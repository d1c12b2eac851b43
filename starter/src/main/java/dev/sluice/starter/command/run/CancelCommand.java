package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunControl;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Stops a run. */
@Command(name = "cancel", description = "Stops a run; it takes back what it did.")
public final class CancelCommand extends RunCommand {
    @Option(names = "--reason", paramLabel = "TEXT", defaultValue = "", description = "Why; everybody gets to read it.")
    String reason = "";

    public CancelCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = findOpenRun();
        String why = reason.isBlank()
                ? "asked for by " + session.requestedBy()
                : "%s: %s".formatted(session.requestedBy(), reason);
        new RunControl(session.temporal(), session.patience()).cancel(state.run(), why);
        session.printResult(
                Map.of("run", state.run().id(), "asked", "cancel"),
                List.of("Asked to stop; what was done is taken back.  Watch it: %s"
                        .formatted(CommandHints.watch(state.run().displayName()))));
        return ExitCode.DONE;
    }
}
