package dev.sluice.starter.command.run;

import dev.sluice.starter.run.CliException;
import dev.sluice.starter.run.CommandHints;
import dev.sluice.starter.run.ExitCode;
import dev.sluice.starter.run.RunState;
import dev.sluice.starter.session.CliSession;
import dev.sluice.starter.temporal.RunControl;
import dev.sluice.starter.text.StuckRunText;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Cancels a run. */
@Command(name = "cancel", description = "Cancels a run; the run rolls back what it did.")
final class CancelCommand extends RunCommand {
    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "Reason for the cancellation. Recorded in Temporal and shown in reports.")
    String reason = "";

    CancelCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        RunState state = findOpenRun();
        String why = reason.isBlank()
                ? "requested by " + session.requestedBy()
                : "%s: %s".formatted(session.requestedBy(), reason);
        new RunControl(session.temporal(), session.patience()).cancel(state.run(), why);
        if (state.stuck()) {
            throw new CliException(
                    ExitCode.WAITING,
                    "Temporal holds the cancellation, but nothing is rolled back yet: "
                            + StuckRunText.withWayOut(state, session.clock()));
        }
        session.printResult(
                Map.of("run", state.run().id(), "asked", "cancel"),
                List.of("Cancellation requested; the run rolls back what it did.  Watch it: %s"
                        .formatted(CommandHints.watch(state.run().displayName()))));
        return ExitCode.DONE;
    }
}
