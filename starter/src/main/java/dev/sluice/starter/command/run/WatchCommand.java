package dev.sluice.starter.command.run;

import dev.sluice.starter.session.CliSession;
import picocli.CommandLine.Command;

/** Follows a run. */
@Command(name = "watch", description = "Follows a run to its end. Ctrl-C detaches; the run continues.")
final class WatchCommand extends RunCommand {
    WatchCommand(CliSession session) {
        super(session);
    }

    @Override
    public Integer call() {
        return follow(findRun());
    }
}
