package dev.sluice.starter.command.run;

import dev.sluice.starter.session.CliSession;
import java.util.List;

/** Creates the commands about runs. */
public final class RunCommands {
    private RunCommands() {}

    /** Returns the commands in the order of the help. */
    public static List<Object> create(CliSession session) {
        return List.of(
                new ListRunsCommand(session),
                new ShowCommand(session),
                new WatchCommand(session),
                new ApproveCommand(session),
                new RejectCommand(session),
                new CancelCommand(session));
    }
}
