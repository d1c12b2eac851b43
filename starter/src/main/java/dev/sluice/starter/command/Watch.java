package dev.sluice.starter.command;

import dev.sluice.starter.Session;
import picocli.CommandLine.Command;

/** Follows a run again. */
@Command(name = "watch", description = "Follows a run to its end; Ctrl-C turns away, and the run goes on.")
public final class Watch extends RunCommand {
    public Watch(Session session) {
        super(session);
    }

    @Override
    public Integer call() {
        return follow(found());
    }
}
